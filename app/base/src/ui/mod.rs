//! Widgets that know no feature.

mod at_once;
mod band;
mod bars;
mod browser;
mod dialog;
mod empty;
mod failure;
mod field;
mod form;
mod highlight;
mod loaded;
mod prose;
mod removal;
mod skeleton;

pub use at_once::AtOnce;
pub use band::BandBadge;
pub use bars::{Bar, BarChart, Plot, Tick, axis};
pub use browser::{
    copy, copy_text, go_to, origin, recall, recall_in_tab, remember, remember_in_tab, remembered,
};
pub use dialog::Dialog;
pub use empty::Empty;
pub use failure::{Failure, NotFoundPage};
pub use field::{FieldError, PasswordField, TextField, described_by};
pub use form::{FormAlert, FormNotice, FormState, SubmitButton};
pub use highlight::{Piece, pieces, quote};
pub use loaded::{loaded, loaded_or};
pub use prose::Prose;
pub use removal::{Removal, RemovalDialog};
pub use skeleton::Skeleton;
