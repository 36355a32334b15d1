//! All pages, for the server.

use app_base::pages::Pages;
use leptos::prelude::*;
use leptos_axum::generate_route_list_with_exclusions;

use crate::App;
use crate::shell::shell;

/// All pages.
pub fn pages() -> Pages {
    Pages {
        routes: |excluded| generate_route_list_with_exclusions(App, Some(excluded)),
        render: |options| shell(options).into_any(),
    }
}
