//! Cover letters: the archive and the editor.

mod add_item;
mod area;
mod changes;
mod conflict;
mod editor;
mod facts;
mod findings;
mod history;
mod item_card;
mod item_limit;
mod letter_page;
mod letters_page;
mod line;
mod new_letter;
mod proposal;
mod proposing;
mod save_line;
mod saving;
mod search;
mod server_fns;
mod tools;

pub use letter_page::letter_page;
pub use letters_page::letters_page;
