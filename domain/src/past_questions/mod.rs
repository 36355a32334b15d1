//! Past questions (기출): what people were asked elsewhere and handed in for everybody. An administrator reads each one before others
//! do; what was approved is asked in interviews of its field.

mod view;

pub use view::*;
