//! What comes in and goes out about interviews, by where it is shown.

mod assessment;
mod feedback;
mod interview;
mod report;
mod room;
mod setup;

pub use assessment::*;
pub use feedback::*;
pub use interview::*;
pub use report::*;
pub use room::*;
pub use setup::*;
