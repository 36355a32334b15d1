//! How much of a file is taken, and what reading it may cost. What a person has to know of them stands beside the field for the file.

/// Most bytes of a file.
pub const FILE_MAX: u32 = 10 * 1024 * 1024;
/// Most pages of a PDF.
pub const PAGES_MAX: u32 = 50;
/// Most characters of a document.
pub const TEXT_MAX: u32 = 100_000;
/// Most characters of a title.
pub const TITLE_MAX: u32 = 100;
/// Most documents of a person.
pub const DOCUMENTS_MAX: u32 = 50;
/// Seconds that reading a file may take, whatever the machine is doing besides.
pub const READ_SECONDS: u32 = 15;
/// Seconds of a core that reading a file may take.
pub const CORE_SECONDS: u32 = 5;
/// Most bytes of memory, addresses without memory behind them included.
pub const MEMORY_MAX: u64 = 512 * 1024 * 1024;
/// Files that are read at the same time.
pub const READERS_MAX: u32 = 2;
/// Most bytes that one part of a DOCX unpacks to.
pub const PART_MAX: u64 = 32 * 1024 * 1024;
/// Most entries of a DOCX.
pub const ENTRIES_MAX: u32 = 5_000;
/// Most elements of a DOCX inside each other.
pub const DEPTH_MAX: u32 = 256;
