//! The smallest TrueType font that has a shape for every character of a text: a box, of a width of its own.

/// Units of the font's square.
const EM: u16 = 1000;
/// How wide every character is.
pub const WIDTH: u16 = 900;

fn padded(mut table: Vec<u8>) -> Vec<u8> {
    table.resize(table.len().next_multiple_of(4), 0);
    table
}

fn words(values: &[u16]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_be_bytes()).collect()
}

/// A square with four corners.
fn shape() -> Vec<u8> {
    let mut glyph = words(&[1, 100, 0, 800, 800, 3, 0]);
    // All corners are on the line, and told in words.
    glyph.extend([1; 4]);
    let (left, right, up, down) = (100_i16, 700_i16, 800_i16, -800_i16);
    for step in [left, 0, right, 0, 0, up, 0, down] {
        glyph.extend(step.to_be_bytes());
    }
    padded(glyph)
}

/// A font with so many shapes besides the one for what is missing.
pub fn font(shapes: u16) -> Vec<u8> {
    let count = shapes + 1;
    let shape = shape();
    let mut head = words(&[1, 0, 1, 0, 0, 0, 0x5f0f, 0x3cf5, 0, EM]);
    head.extend([0; 16]);
    head.extend(words(&[0, 0, WIDTH, EM, 0, 8, 2, 1, 0]));
    let mut hhea = words(&[1, 0, 800, 200_u16.wrapping_neg(), 0, WIDTH, 0, 0, WIDTH, 1, 0, 0, 0, 0, 0, 0, 0]);
    hhea.extend(words(&[count]));
    let mut maxp = words(&[1, 0, count, 4, 1, 0, 0, 2]);
    maxp.resize(32, 0);
    let hmtx: Vec<u8> = (0..count).flat_map(|_| words(&[WIDTH, 0])).collect();
    let size = u32::try_from(shape.len()).unwrap_or_default();
    let loca: Vec<u8> = (0..=u32::from(count)).flat_map(|glyph| (glyph * size).to_be_bytes()).collect();
    let glyf = shape.repeat(count.into());
    assembled(&[
        (*b"glyf", glyf),
        (*b"head", head),
        (*b"hhea", hhea),
        (*b"hmtx", hmtx),
        (*b"loca", loca),
        (*b"maxp", maxp),
    ])
}

/// The tables behind their directory. Nobody asks for their checksums.
fn assembled(tables: &[([u8; 4], Vec<u8>)]) -> Vec<u8> {
    let count = u16::try_from(tables.len()).unwrap_or_default();
    let mut file = words(&[1, 0, count, 64, 2, 32]);
    let mut offset = file.len() + 16 * tables.len();
    for (tag, table) in tables {
        file.extend(tag);
        for number in [0, offset, table.len()] {
            file.extend(u32::try_from(number).unwrap_or_default().to_be_bytes());
        }
        offset += table.len().next_multiple_of(4);
    }
    for (_, table) in tables {
        file.extend(padded(table.clone()));
    }
    file
}
