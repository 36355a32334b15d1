//! What comes in and goes out about documents.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::FoundItem;

crate::questions::words! {
    /// What a document is.
    DocumentKind {
        /// 이력서: what the person has done, in their words.
        Resume = "resume",
        /// 채용 공고: what a company looks for.
        Posting = "posting",
    }
}

crate::questions::words! {
    /// What a file is, by its bytes.
    FileKind {
        Pdf = "pdf",
        Docx = "docx",
        Text = "text",
    }
}

/// What was read in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Parsed {
    pub kind: FileKind,
    /// Clean text: lines end with a line feed, paragraphs with an empty line.
    pub text: String,
    /// None for what has no pages.
    pub pages: Option<u32>,
}

/// A document to be kept, as it was sent. Parsed by the service.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NewDocument {
    /// A word of [`DocumentKind`].
    #[schema(value_type = DocumentKind)]
    pub kind: String,
    #[schema(max_length = 100)]
    pub title: String,
    #[schema(max_length = 100_000)]
    pub text: String,
    /// The file that it was read from; none when it was typed or pasted.
    #[serde(default)]
    pub file: Option<FileKind>,
}

/// A document as it is to be from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DocumentEdit {
    /// The revision that was read: what was changed since is left alone.
    pub revision: u32,
    /// A word of [`DocumentKind`].
    #[schema(value_type = DocumentKind)]
    pub kind: String,
    #[schema(max_length = 100)]
    pub title: String,
    #[schema(max_length = 100_000)]
    pub text: String,
}

/// A document in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DocumentSummary {
    pub id: Uuid,
    pub kind: DocumentKind,
    pub title: String,
    /// The file that it was read from; none when it was typed or pasted.
    pub file: Option<FileKind>,
    /// Characters of its text.
    pub characters: u32,
    pub updated_at: DateTime<Utc>,
    /// When it is deleted by itself, unless it is changed before; none when never.
    pub deleted_at: Option<DateTime<Utc>>,
}

/// A document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DocumentView {
    pub id: Uuid,
    pub kind: DocumentKind,
    pub title: String,
    pub text: String,
    /// The file that it was read from; none when it was typed or pasted.
    pub file: Option<FileKind>,
    /// Counts its changes.
    pub revision: u32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// When it is deleted by itself, unless it is changed before; none when never.
    pub deleted_at: Option<DateTime<Utc>>,
}

/// A cover letter that was written elsewhere, as its person wants it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportedLetter {
    pub title: String,
    pub items: Vec<FoundItem>,
}

/// What came of saving a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EditOutcome {
    Saved(DocumentView),
    /// It was changed elsewhere since it was read, to this. Nothing was saved.
    ChangedElsewhere(DocumentView),
}

crate::questions::words! {
    /// Why a file cannot be read.
    DocumentFault {
        /// More bytes than are taken.
        TooLarge = "too-large",
        /// Neither a PDF nor a DOCX nor text.
        WrongKind = "wrong-kind",
        TooManyPages = "too-many-pages",
        /// It unpacks to more than is taken, or reading it takes more time or memory than it may.
        TooMuch = "too-much",
        /// More characters than are kept.
        TooLong = "too-long",
        /// It opens with a password alone.
        Encrypted = "encrypted",
        /// It has no text: pictures of pages, or nothing.
        NoText = "no-text",
        /// It cannot be read to its end.
        Broken = "broken",
    }
}

impl DocumentFault {
    /// The HTTP status that says the same.
    pub const fn status(self) -> u16 {
        match self {
            Self::TooLarge => 413,
            Self::WrongKind => 415,
            Self::TooManyPages
            | Self::TooMuch
            | Self::TooLong
            | Self::Encrypted
            | Self::NoText
            | Self::Broken => 422,
        }
    }
}
