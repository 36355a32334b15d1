//! What reading a document costs: the process for it, from its start to its answer.

use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use testkit::files::pdf::korean_pdf_with;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::Command;

use crate::table::{Figure, Table, median};

/// How often it is read.
const TIMES: usize = 5;
const PAGES: usize = 50;
const LINES: usize = 40;
const LINE: usize = 44;
/// Bytes of the picture that stands on every page.
const PICTURE: (usize, usize) = (1_300, 1_150);

/// Measures the reading of a PDF of 5 MB.
pub async fn measure(table: &mut Table, binary: &Path) -> anyhow::Result<()> {
    let file = resume();
    let mut times = Vec::new();
    let mut memory = 0;
    for _ in 0..TIMES {
        let (took, most) = read(binary, &file).await?;
        times.push(Figure::Time(took));
        memory = memory.max(most);
    }
    let megabytes = file.len() as f64 / 1e6;
    table.note(&format!("text of a PDF, {megabytes:.1} MB, {PAGES} pages"), median(&mut times));
    table.note("memory of that at most", Figure::Bytes(memory));
    Ok(())
}

/// Pages full of Korean text, with a picture on each.
fn resume() -> Vec<u8> {
    let mut syllables = ('가'..='힣').step_by(5).cycle();
    let lines: Vec<String> = (0..PAGES * LINES).map(|_| syllables.by_ref().take(LINE).collect()).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let pages: Vec<&[&str]> = lines.chunks(LINES).collect();
    korean_pdf_with(&pages, |pdf| {
        let (width, height) = PICTURE;
        let pixels: Vec<u8> = (0_u32..).take(width * height * 3).map(|pixel| (pixel % 251) as u8).collect();
        let picture = pdf.stream(
            &format!(
                "/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceRGB /BitsPerComponent 8"
            ),
            &pixels,
        );
        let drawing = "q 500 0 0 60 40 20 cm /Im1 Do Q\n".to_owned();
        Some((drawing, format!("/XObject << /Im1 {picture} 0 R >>")))
    })
}

/// Reads it once. Says how long it took until the first byte of the answer, and how much memory it took at most.
async fn read(binary: &Path, file: &[u8]) -> anyhow::Result<(Duration, u64)> {
    let began = Instant::now();
    let mut child = Command::new(binary)
        .arg("parse-document")
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .context("starting the reader")?;
    let mut input = child.stdin.take().context("a pipe")?;
    let mut output = child.stdout.take().context("a pipe")?;
    input.write_all(file).await?;
    drop(input);
    let mut answer = vec![output.read_u8().await.context("an answer")?];
    let took = began.elapsed();
    // The answer is longer than a pipe: the process waits for somebody to read the rest.
    let id = child.id().context("the reader has ended")?;
    let status = std::fs::read_to_string(format!("/proc/{id}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("VmHWM")?;
    let kibibytes: u64 = line.trim().trim_end_matches(" kB").parse()?;
    output.read_to_end(&mut answer).await?;
    ensure!(child.wait().await?.success() && answer.starts_with(b"{\"read\""), "the file was not read");
    Ok((took, kibibytes * 1024))
}
