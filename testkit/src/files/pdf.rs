//! PDFs, object by object.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;

use flate2::write::ZlibEncoder;
use flate2::{Compress, Compression, FlushCompress};

use super::font::{WIDTH, font};

/// A PDF that is being written.
#[derive(Clone, Debug, Default)]
pub struct Pdf {
    objects: Vec<Vec<u8>>,
    trailer: String,
}

impl Pdf {
    /// A place for an object that others have to name before it is written. Says its number.
    pub fn reserve(&mut self) -> usize {
        self.objects.push(b"null".to_vec());
        self.objects.len()
    }

    /// Writes what was reserved.
    pub fn set(&mut self, number: usize, body: impl Into<Vec<u8>>) {
        self.objects[number - 1] = body.into();
    }

    /// Another object. Says its number.
    pub fn add(&mut self, body: impl Into<Vec<u8>>) -> usize {
        self.objects.push(body.into());
        self.objects.len()
    }

    /// Another stream, with what stands in its dictionary besides its length.
    pub fn stream(&mut self, dictionary: &str, data: &[u8]) -> usize {
        let head = format!("<< {dictionary} /Length {} >>\nstream\n", data.len());
        self.add([head.as_bytes(), data, b"\nendstream"].concat())
    }

    /// What stands in the trailer besides size and root.
    pub fn trailer(&mut self, entries: &str) {
        entries.clone_into(&mut self.trailer);
    }

    /// The catalog of pages that show these streams with these resources. Says its number.
    pub fn pages(&mut self, contents: &[usize], resources: &str) -> usize {
        let tree = self.reserve();
        let mut kids = String::new();
        for content in contents {
            let page = self.add(format!(
                "<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 595 842] /Resources << {resources} >> /Contents {content} 0 R >>"
            ));
            let _ = write!(kids, "{page} 0 R ");
        }
        let count = contents.len();
        self.set(tree, format!("<< /Type /Pages /Kids [{kids}] /Count {count} >>"));
        self.add(format!("<< /Type /Catalog /Pages {tree} 0 R >>"))
    }

    /// The file.
    pub fn finish(&self, root: usize) -> Vec<u8> {
        let mut file = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
        let mut offsets = Vec::new();
        for (index, object) in self.objects.iter().enumerate() {
            offsets.push(file.len());
            file.extend(format!("{} 0 obj\n", index + 1).into_bytes());
            file.extend(object);
            file.extend(b"\nendobj\n");
        }
        let start = file.len();
        let size = self.objects.len() + 1;
        let mut end = format!("xref\n0 {size}\n0000000000 65535 f \n");
        for offset in offsets {
            let _ = writeln!(end, "{offset:010} 00000 n ");
        }
        let trailer = &self.trailer;
        let _ = write!(
            end,
            "trailer\n<< /Size {size} /Root {root} 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n"
        );
        file.extend(end.into_bytes());
        file
    }
}

/// Text of one page in a font that has all of it.
struct Shapes(BTreeMap<char, u16>);

impl Shapes {
    fn of(pages: &[&[&str]]) -> Self {
        let mut characters: Vec<char> =
            pages.iter().flat_map(|page| page.iter()).flat_map(|line| line.chars()).collect();
        characters.sort_unstable();
        characters.dedup();
        Self(characters.into_iter().zip(1..).collect())
    }

    fn hex(&self, line: &str) -> String {
        line.chars().map(|character| format!("{:04X}", self.0[&character])).collect()
    }

    /// The map from shapes to characters, as word processors write it.
    fn to_unicode(&self) -> String {
        let entries: Vec<_> = self.0.iter().collect();
        let mut map = String::from(
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Adobe-Identity-UCS def\n\
             /CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
        );
        for some in entries.chunks(100) {
            let _ = writeln!(map, "{} beginbfchar", some.len());
            for (character, shape) in some {
                let units: String =
                    character.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("{unit:04X}")).collect();
                let _ = writeln!(map, "<{shape:04X}> <{units}>");
            }
            map.push_str("endbfchar\n");
        }
        map.push_str("endcmap\nend\nend\n");
        map
    }
}

/// What draws lines below each other.
fn content(lines: impl Iterator<Item = String>) -> String {
    let mut content = String::from("BT\n/F1 11 Tf\n50 780 Td\n16 TL\n");
    for line in lines {
        let _ = writeln!(content, "{line} Tj T*");
    }
    content.push_str("ET\n");
    content
}

/// Pages of Korean text with an embedded font that has the characters of the text and no others.
pub fn korean_pdf(pages: &[&[&str]]) -> Vec<u8> {
    korean_pdf_with(pages, |_| None)
}

/// The same, with something on every page besides its text.
pub fn korean_pdf_with(
    pages: &[&[&str]],
    more: impl FnOnce(&mut Pdf) -> Option<(String, String)>,
) -> Vec<u8> {
    let shapes = Shapes::of(pages);
    let mut pdf = Pdf::default();
    let count = u16::try_from(shapes.0.len()).unwrap_or(u16::MAX - 1);
    let program = font(count);
    let file = pdf.stream(&format!("/Length1 {}", program.len()), &program);
    let descriptor = pdf.add(format!(
        "<< /Type /FontDescriptor /FontName /ABCDEF+Box /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 \
         /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 /FontFile2 {file} 0 R >>"
    ));
    let descendant = pdf.add(format!(
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+Box /CIDToGIDMap /Identity /DW {WIDTH} \
         /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor {descriptor} 0 R >>"
    ));
    let map = pdf.stream("", shapes.to_unicode().as_bytes());
    let font = pdf.add(format!(
        "<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+Box /Encoding /Identity-H \
         /DescendantFonts [{descendant} 0 R] /ToUnicode {map} 0 R >>"
    ));
    let (drawing, resources) = more(&mut pdf).unwrap_or_default();
    let contents: Vec<usize> = pages
        .iter()
        .map(|page| {
            let text = content(page.iter().map(|line| format!("<{}>", shapes.hex(line))));
            pdf.stream("", format!("{drawing}{text}").as_bytes())
        })
        .collect();
    let root = pdf.pages(&contents, &format!("/Font << /F1 {font} 0 R >> {resources}"));
    pdf.finish(root)
}

/// A page of Korean text in a font that is not embedded, as older word processors write it. `encoding` is the name of a predefined map
/// whose codes are those of UTF-16.
pub fn unembedded_korean_pdf(encoding: &str, lines: &[&str]) -> Vec<u8> {
    let mut pdf = Pdf::default();
    let descriptor = pdf.add(
        "<< /Type /FontDescriptor /FontName /HYSMyeongJo-Medium /Flags 6 /FontBBox [0 -148 1001 880] \
         /ItalicAngle 0 /Ascent 880 /Descent -148 /CapHeight 800 /StemV 60 >>",
    );
    let descendant = pdf.add(format!(
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /HYSMyeongJo-Medium /DW 1000 \
         /CIDSystemInfo << /Registry (Adobe) /Ordering (Korea1) /Supplement 1 >> /FontDescriptor {descriptor} 0 R >>"
    ));
    let font = pdf.add(format!(
        "<< /Type /Font /Subtype /Type0 /BaseFont /HYSMyeongJo-Medium /Encoding /{encoding} \
         /DescendantFonts [{descendant} 0 R] >>"
    ));
    let hex = |line: &&str| line.encode_utf16().map(|unit| format!("{unit:04X}")).collect::<String>();
    let text = content(lines.iter().map(|line| format!("<{}>", hex(line))));
    let text = pdf.stream("", text.as_bytes());
    let root = pdf.pages(&[text], &format!("/Font << /F1 {font} 0 R >>"));
    pdf.finish(root)
}

/// Pages of Latin text in a font that every program has.
pub fn latin_pdf(pages: &[&[&str]]) -> Vec<u8> {
    let mut pdf = Pdf::default();
    let root = latin_pages(&mut pdf, pages);
    pdf.finish(root)
}

/// Adds pages of Latin text, and says the number of their catalog.
pub fn latin_pages(pdf: &mut Pdf, pages: &[&[&str]]) -> usize {
    let font = pdf.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
    let escaped = |line: &&str| line.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
    let contents: Vec<usize> = pages
        .iter()
        .map(|page| {
            let text = content(page.iter().map(|line| format!("({})", escaped(line))));
            pdf.stream("", text.as_bytes())
        })
        .collect();
    pdf.pages(&contents, &format!("/Font << /F1 {font} 0 R >>"))
}

/// A page that is a picture and nothing else.
pub fn scanned_pdf() -> Vec<u8> {
    let mut pdf = Pdf::default();
    let picture = pdf.stream(
        "/Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray /BitsPerComponent 8",
        &[0x80; 64],
    );
    let content = pdf.stream("", b"q 500 0 0 700 40 60 cm /Im1 Do Q\n");
    let root = pdf.pages(&[content], &format!("/XObject << /Im1 {picture} 0 R >>"));
    pdf.finish(root)
}

/// A document that opens with a password that nobody knows.
pub fn encrypted_pdf() -> Vec<u8> {
    let mut pdf = Pdf::default();
    let root = latin_pages(&mut pdf, &[&["secret"]]);
    let key = "ab".repeat(32);
    let lock = pdf.add(format!("<< /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <{key}> /U <{key}> >>"));
    pdf.trailer(&format!("/Encrypt {lock} 0 R /ID [<0123456789abcdef> <0123456789abcdef>]"));
    pdf.finish(root)
}

/// So many mebibytes of one byte, packed as PDF packs streams, without a checksum that anybody could hold against it. One mebibyte is
/// packed, and stands there again and again.
pub fn packed(byte: u8, mebibytes: usize) -> Vec<u8> {
    let mut packer = Compress::new(Compression::best(), false);
    let mut piece = Vec::with_capacity(64 * 1024);
    // There is room for it.
    let _ = packer.compress_vec(&vec![byte; 1 << 20], &mut piece, FlushCompress::Full);
    let mut whole = vec![0x78, 0x9c];
    whole.extend(piece.repeat(mebibytes));
    whole.extend([0x03, 0x00, 0, 0, 0, 0]);
    whole
}

/// PDFs that end a careless reader, or keep it busy for ever, by what they are. None has text that is worth reading.
pub fn hostile() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("a header alone", b"%PDF-1.7\n".to_vec()),
        ("nothing but noise", [b"%PDF-1.7\n".as_slice(), &noise(200_000)].concat()),
        ("cut off", korean_pdf(&[&["이력서입니다"]])[..400].to_vec()),
        ("tables of references that name each other", looping_references()),
        ("a tree of pages that holds itself", page_tree(|tree| format!("{tree} 0 R"))),
        ("a tree of pages in a circle", circling_pages()),
        ("a form that draws itself", form_that_draws_itself()),
        ("forms that double each other", doubling_forms()),
        ("arrays in arrays", page_tree(|_| format!("{}{}", "[".repeat(200_000), "]".repeat(200_000)))),
        ("dictionaries in dictionaries", page_tree(|_| "<</A ".repeat(200_000))),
        ("brackets in what is drawn", with_content("", "[".repeat(500_000).as_bytes())),
        ("states that are never restored", with_content("", "q ".repeat(1_000_000).as_bytes())),
        ("a length that is a lie", with_content("/Length 99999999999999999999", b"BT ET")),
        ("filters on filters", with_content(&format!("/Filter [{}]", "/FlateDecode ".repeat(100_000)), b"x")),
        ("packed a thousand times", with_content("/Filter /FlateDecode", &packed(b' ', 64))),
        ("a bomb in a bomb", bomb_in_bomb()),
    ]
}

/// Bytes that mean nothing, the same every time.
fn noise(count: usize) -> Vec<u8> {
    let mut state = 0x2545_f491_u32;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state.to_le_bytes()[0]
    };
    (0..count).map(|_| next()).collect()
}

fn looping_references() -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    let (first, second) = (file.len(), file.len() + 200);
    let table = |other: usize| {
        format!("xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 9 /Root 1 0 R /Prev {other} >>\n")
    };
    file.extend(table(second).into_bytes());
    file.resize(second, b' ');
    file.extend(table(first).into_bytes());
    file.extend(format!("startxref\n{first}\n%%EOF\n").into_bytes());
    file
}

fn page_tree(kids: impl FnOnce(usize) -> String) -> Vec<u8> {
    let mut pdf = Pdf::default();
    let tree = pdf.reserve();
    pdf.set(tree, format!("<< /Type /Pages /Count 1 /Kids [{}] >>", kids(tree)));
    let root = pdf.add(format!("<< /Type /Catalog /Pages {tree} 0 R >>"));
    pdf.finish(root)
}

fn circling_pages() -> Vec<u8> {
    let mut pdf = Pdf::default();
    let (one, two) = (pdf.reserve(), pdf.reserve());
    for (own, other) in [(one, two), (two, one)] {
        let kids = format!("{other} 0 R ").repeat(1_000);
        pdf.set(own, format!("<< /Type /Pages /Count 1000 /Parent {other} 0 R /Kids [{kids}] >>"));
    }
    let root = pdf.add(format!("<< /Type /Catalog /Pages {one} 0 R >>"));
    pdf.finish(root)
}

fn form_that_draws_itself() -> Vec<u8> {
    let mut pdf = Pdf::default();
    let form = pdf.reserve();
    let drawing = "/X Do ".repeat(50);
    pdf.set(
        form,
        format!(
            "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X {form} 0 R >> >> /Length {} >>\nstream\n{drawing}\nendstream",
            drawing.len()
        ),
    );
    let content = pdf.stream("", b"/X Do");
    let root = pdf.pages(&[content], &format!("/XObject << /X {form} 0 R >>"));
    pdf.finish(root)
}

/// Each draws the next one many times: more than anybody can draw.
fn doubling_forms() -> Vec<u8> {
    let mut pdf = Pdf::default();
    let mut last = pdf.stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9]", b" ");
    for _ in 0..12 {
        let resources = format!("/Resources << /XObject << /X {last} 0 R >> >>");
        let dictionary = format!("/Type /XObject /Subtype /Form /BBox [0 0 9 9] {resources}");
        last = pdf.stream(&dictionary, "/X Do ".repeat(30).as_bytes());
    }
    let content = pdf.stream("", b"/X Do");
    let root = pdf.pages(&[content], &format!("/XObject << /X {last} 0 R >>"));
    pdf.finish(root)
}

fn with_content(dictionary: &str, data: &[u8]) -> Vec<u8> {
    let mut pdf = Pdf::default();
    let content = pdf.stream(dictionary, data);
    let root = pdf.pages(&[content], "");
    pdf.finish(root)
}

fn bomb_in_bomb() -> Vec<u8> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::best());
    // Writing into memory does not fail.
    let _ = packer.write_all(&packed(b' ', 4_096));
    let outer = packer.finish().unwrap_or_default();
    with_content("/Filter [/FlateDecode /FlateDecode]", &outer)
}
