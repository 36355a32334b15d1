//! Letters as files in a folder, for trying things out: one `.eml` each.

use std::path::PathBuf;

use anyhow::{Context, ensure};
use async_trait::async_trait;
use lettre::{AsyncFileTransport, AsyncTransport, Message, Tokio1Executor};

use super::Carrier;

/// A folder of letters.
pub struct Folder(AsyncFileTransport<Tokio1Executor>);

impl Folder {
    /// # Errors
    /// When there is no such folder and it cannot be made.
    pub fn new(path: &str) -> anyhow::Result<Self> {
        let path = PathBuf::from(path);
        ensure!(path.is_absolute(), "a folder is named from the root, as in file:///var/mail/daedap");
        std::fs::create_dir_all(&path)
            .with_context(|| format!("cannot make the folder {}", path.display()))?;
        Ok(Self(AsyncFileTransport::new(path)))
    }
}

#[async_trait]
impl Carrier for Folder {
    async fn carry(&self, message: Message) -> anyhow::Result<()> {
        self.0.send(message).await.ok().context("the letter cannot be written into its folder")?;
        Ok(())
    }
}
