//! Views without the second way to be taken over by the browser.
//!
//! Leptos can take over a page step by step, waiting for the code of parts that come later. Only the routes need that, but a view of
//! any type brings the code for it, which is as large as all its other code: a third of the WASM, for nothing.

use leptos::prelude::*;

/// Turns a view into one of any type: what `into_any` does, for everything below the routes.
pub trait AtOnce {
    /// The view. All of its code is there when it is shown.
    fn at_once(self) -> AnyView;
}

#[cfg(not(target_family = "wasm"))]
impl<V: RenderHtml> AtOnce for V {
    fn at_once(self) -> AnyView {
        self.into_any()
    }
}

#[cfg(target_family = "wasm")]
mod browser {
    use leptos::attr::Attribute;
    use leptos::attr::any_attribute::AnyAttribute;
    use leptos::prelude::*;
    use leptos::tachys::hydration::Cursor;
    use leptos::tachys::view::{Position, PositionState};

    use super::AtOnce;

    /// A view that is its inner one in all things but `hydrate_async`, where it keeps to the trait's own.
    struct Whole<V>(V);

    impl<V: RenderHtml> AtOnce for V {
        fn at_once(self) -> AnyView {
            Whole(self).into_any()
        }
    }

    impl<V: Render> Render for Whole<V> {
        type State = V::State;

        fn build(self) -> V::State {
            self.0.build()
        }

        fn rebuild(self, state: &mut V::State) {
            self.0.rebuild(state);
        }
    }

    impl<V: AddAnyAttr> AddAnyAttr for Whole<V> {
        type Output<A: Attribute> = Whole<V::Output<A>>;

        fn add_any_attr<A: Attribute>(self, attribute: A) -> Self::Output<A>
        where
            Self::Output<A>: RenderHtml,
        {
            Whole(self.0.add_any_attr(attribute))
        }
    }

    impl<V: RenderHtml> RenderHtml for Whole<V> {
        type AsyncOutput = V::AsyncOutput;
        type Owned = Whole<V::Owned>;

        const MIN_LENGTH: usize = V::MIN_LENGTH;
        const EXISTS: bool = V::EXISTS;

        fn dry_resolve(&mut self) {
            self.0.dry_resolve();
        }

        fn resolve(self) -> impl Future<Output = V::AsyncOutput> + Send {
            self.0.resolve()
        }

        fn to_html_with_buf(
            self,
            buffer: &mut String,
            position: &mut Position,
            escape: bool,
            mark_branches: bool,
            attributes: Vec<AnyAttribute>,
        ) {
            self.0.to_html_with_buf(buffer, position, escape, mark_branches, attributes);
        }

        fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> V::State {
            self.0.hydrate::<FROM_SERVER>(cursor, position)
        }

        fn into_owned(self) -> Self::Owned {
            Whole(self.0.into_owned())
        }
    }
}
