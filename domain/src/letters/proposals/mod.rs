//! What the program proposes to a letter: a draft of one answer, or points to improve. A proposal is made by a task of the server, which
//! no page that leaves ends, and waits until the person decides. Nothing of it enters the letter by itself.

mod view;

pub use view::*;
