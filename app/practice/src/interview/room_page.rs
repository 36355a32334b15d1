//! The page of an interview that is being held.

use domain::Problem;
use domain::interview::RoomView;
use leptos::prelude::*;
use leptos_meta::Title;

use super::composer::ComposerView;
use super::connection::listen;
use super::room::Room;
use super::room_bar::RoomBar;
use super::server_fns::room;
use super::transcript::Transcript;
use crate::addresses::id_in_path;
use crate::ui::{AtOnce, loaded};
use crate::viewer::login_path;
use crate::words;

/// `/interviews/:id`, for its owner.
pub fn room_page() -> AnyView {
    let page = Resource::new(id_in_path(), room);
    loaded(page, 5, move |view| view! { <RoomPage view/> }.at_once())
}

#[component]
fn RoomPage(view: RoomView) -> impl IntoView {
    let draft = view.draft.clone();
    let title = tr!(interview.room_title, field = words::field(view.interview.field));
    let room = Room::new(view);
    listen(room);
    view! {
        <Title text=title/>
        <div class="room">
            <RoomBar room/>
            <Banner room/>
            <Transcript room/>
            <ComposerView room draft_of_server=draft/>
        </div>
    }
    .at_once()
}

/// What the person should know about the line and the last action. Empty when all is well.
#[component]
fn Banner(room: Room) -> impl IntoView {
    let text = move || match (room.refused.get(), room.connected.get()) {
        (Some(Problem::SignInRequired), _) => Some(tr!(interview.signed_out).to_owned()),
        (Some(problem), _) => Some(words::problem(&problem)),
        (None, false) => Some(tr!(interview.connection_lost).to_owned()),
        (None, true) => room.notice.get(),
    };
    let sign_in = move || {
        (room.refused.get() == Some(Problem::SignInRequired)).then(|| {
            let path = login_path(&format!("/interviews/{}", room.id));
            view! { " " <a href=path rel="external">{tr!(ui.sign_in)}</a> }
        })
    };
    view! { <p class="banner" role="status">{text} {sign_in}</p> }
}
