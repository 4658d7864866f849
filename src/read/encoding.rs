//! Bytes become text, in the encoding that they are in; never with replacement characters in silence.
//!
//! Without `--encoding` the order is: byte-order mark, strict UTF-8, then for other bytes what an HTML page says of itself
//! and what `chardetng` makes of the **whole** file, then GB18030, then Big5; the first that fits every byte is taken. Big5
//! cannot be told from GB18030 by strictness (nearly every Big5 file is a valid GB18030 one), so the guess comes first; GBK
//! and GB2312 are read as GB18030, which holds them.

use crate::fault::{Code, Refusal};
use crate::model::Format;
use encoding_rs::{BIG5, DecoderResult, GB18030, GBK, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE};
use regex::bytes::Regex;
use std::sync::LazyLock;

/// An encoding of the Encoding Standard.
pub type Encoding = &'static encoding_rs::Encoding;

/// A text and the name of its encoding, or why the bytes are none.
type Decoded = Result<(String, &'static str), Refusal>;

const MARKS: &[(&[u8], Encoding)] = &[(b"\xef\xbb\xbf", UTF_8), (b"\xff\xfe", UTF_16LE), (b"\xfe\xff", UTF_16BE)];

/// How files begin that hold no text, and what to do about them.
const BINARY: &[(&[u8], &str)] = &[
    (b"%PDF", "a PDF file; turn it into text first (pdftotext)"),
    (b"PK\x03\x04", "a zip archive (or DOCX, XLSX, OFD); turn it into text first"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file; turn it into text first"),
    (b"{\\rtf", "an RTF file; turn it into text first"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
];

/// Bytes of an HTML file among which its declaration is looked for (the Encoding Standard says 1024; real pages put
/// scripts before it).
const HEAD: usize = 4096;

/// The encoding with this name; `None` for a name that the Encoding Standard does not know.
///
/// ```
/// use gongbao::read::encoding;
/// assert_eq!(encoding::named("gbk").map(|e| e.name()), Some("gb18030"));
/// assert_eq!(encoding::named("klingon"), None);
/// ```
pub fn named(label: &str) -> Option<Encoding> {
    let found = encoding_rs::Encoding::for_label(label.trim().as_bytes()).filter(|&e| e != REPLACEMENT)?;
    Some(if found == GBK { GB18030 } else { found })
}

/// The text without byte-order mark, and the name of its encoding.
///
/// # Errors
/// When the bytes are no text, or not in the encoding; the message names the byte, counted from 0 in the file.
pub fn decode(bytes: Vec<u8>, format: Format, forced: Option<Encoding>) -> Decoded {
    let mark = MARKS.iter().find(|(mark, _)| bytes.starts_with(mark));
    if let Some((_, what)) = BINARY.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Err(Refusal::new(Code::NotText, format!("no text: {what}")));
    }
    match (forced, mark) {
        (Some(encoding), mark) => strictly(&bytes, mark.filter(|m| m.1 == encoding).map_or(0, |m| m.0.len()), encoding),
        (None, Some((mark, encoding))) => strictly(&bytes, mark.len(), encoding),
        (None, None) => detected(&bytes, format),
    }
}

/// Decodes all bytes behind a mark of `skip` bytes.
fn strictly(bytes: &[u8], skip: usize, encoding: Encoding) -> Decoded {
    let text = if encoding == UTF_8 {
        utf8(&bytes[skip..]).map_err(|at| skip + at)
    } else {
        decoded(&bytes[skip..], encoding).map_err(|at| skip + at)
    };
    let name = encoding.name();
    match text {
        Ok(text) => refuse_nul(text, skip, encoding).map(|text| (text, name)),
        Err(at) => Err(Refusal::new(Code::Undecodable, format!("not {name}: byte {at} is no part of a character"))),
    }
}

/// Decodes UTF-8, or says at which byte it cannot.
fn utf8(bytes: &[u8]) -> Result<String, usize> {
    simdutf8::compat::from_utf8(bytes).map(str::to_owned).map_err(|e| e.valid_up_to())
}

/// NUL stands in no text: the bytes are binary, or UTF-16 without its mark.
fn refuse_nul(text: String, skip: usize, encoding: Encoding) -> Result<String, Refusal> {
    let Some(at) = memchr::memchr(0, text.as_bytes()) else { return Ok(text) };
    let before = &text[..at];
    let at = match encoding {
        e if e == UTF_8 => at,
        e if e == UTF_16LE || e == UTF_16BE => 2 * before.encode_utf16().count(),
        e => e.encode(before).0.len(),
    };
    Err(nul(skip + at))
}

fn nul(at: usize) -> Refusal {
    Refusal::new(Code::NotText, format!("no text: byte {at} is NUL (if this is UTF-16, say so: --encoding utf-16le)"))
}

/// Decodes, or says at which byte it cannot.
fn decoded(bytes: &[u8], encoding: Encoding) -> Result<String, usize> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let room = decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(bytes.len() * 4);
    let mut text = String::with_capacity(room);
    match decoder.decode_to_string_without_replacement(bytes, &mut text, true) {
        (DecoderResult::InputEmpty, _) => Ok(text),
        (DecoderResult::Malformed(bad, after), read) => Err(read.saturating_sub(usize::from(bad) + usize::from(after))),
        // The room is the decoder's own upper bound.
        (DecoderResult::OutputFull, read) => Err(read),
    }
}

fn detected(bytes: &[u8], format: Format) -> Decoded {
    if let Ok(text) = utf8(bytes) {
        return refuse_nul(text, 0, UTF_8).map(|text| (text, UTF_8.name()));
    }
    if let Some(at) = memchr::memchr(0, bytes) {
        return Err(nul(at));
    }
    if is_damaged_utf8(bytes) {
        return strictly(bytes, 0, UTF_8);
    }
    let mut failed = None;
    for encoding in candidates(bytes, format) {
        match decoded(bytes, encoding) {
            Ok(text) => return Ok((text, encoding.name())),
            Err(at) => _ = failed.get_or_insert((at, encoding.name())),
        }
    }
    let (at, name) = failed.unwrap_or((0, GB18030.name()));
    let what = format!("not UTF-8, and not {name} either: byte {at} is no part of a character");
    Err(Refusal::new(Code::Undecodable, format!("{what}; name the encoding with --encoding")))
}

/// In order of trust. What the guess makes of Chinese is UTF-8, GBK or Big5; anything else (a Western page of which a few
/// bytes are not ASCII) is not what this program reads, and GB18030 is tried before it is given up.
fn candidates(bytes: &[u8], format: Format) -> Vec<Encoding> {
    let declared = (format == Format::Html).then(|| declared(bytes)).flatten().filter(|&e| e != UTF_8);
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, chardetng::Utf8Detection::Deny);
    let guess = Some(guess).filter(|&e| e == BIG5);
    let mut all: Vec<Encoding> = declared.into_iter().chain(guess).chain([GB18030, BIG5]).collect();
    let mut seen = Vec::new();
    all.retain(|e| {
        !seen.contains(e) && {
            seen.push(*e);
            true
        }
    });
    all
}

/// What an HTML page says of itself: `<meta charset="gb2312">`, `content="text/html; charset=gbk"`.
fn declared(bytes: &[u8]) -> Option<Encoding> {
    static CHARSET: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"(?i-u)<meta\s[^>]*?charset\s*=\s*["']?\s*(?<name>[a-z0-9_-]+)"#).expect("a test runs the pattern")
    });
    let found = CHARSET.captures(&bytes[..bytes.len().min(HEAD)])?;
    named(std::str::from_utf8(&found["name"]).ok()?)
}

/// UTF-8 with a few wrong bytes is a damaged file, not another encoding: read as GB18030 it would be nonsense, and often
/// valid nonsense. Other encodings form a character of UTF-8 by chance alone.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut wide, mut wrong) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        wide += chunk.valid().chars().filter(|c| c.len_utf8() >= 3).count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    wide > wrong * 4
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIMPLIFIED: &str =
        "宁波市人民政府关于印发宁波市产业基础再造实施方案的通知。各区县（市）人民政府，市直各单位：";
    const TRADITIONAL: &str =
        "行政院為促進經濟發展，特訂定本辦法。各級機關應當依照本辦法辦理，並於每年十二月底前報告。";

    fn read(bytes: &[u8], format: Format) -> Result<(String, &'static str), String> {
        decode(bytes.to_vec(), format, None).map_err(|e| e.to_string())
    }

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(bytes).collect()
    }

    #[test]
    fn encodings_are_told_apart() {
        let gb = GB18030.encode(SIMPLIFIED).0.into_owned();
        let big5 = BIG5.encode(TRADITIONAL).0.into_owned();
        for (bytes, text, name) in [
            (SIMPLIFIED.as_bytes().to_vec(), SIMPLIFIED, "UTF-8"),
            (format!("\u{feff}{SIMPLIFIED}").into_bytes(), SIMPLIFIED, "UTF-8"),
            (utf16(SIMPLIFIED, u16::to_le_bytes), SIMPLIFIED, "UTF-16LE"),
            (utf16(SIMPLIFIED, u16::to_be_bytes), SIMPLIFIED, "UTF-16BE"),
            (gb, SIMPLIFIED, "gb18030"),
            (big5, TRADITIONAL, "Big5"),
        ] {
            assert_eq!(read(&bytes, Format::Text), Ok((text.to_owned(), name)));
        }
    }

    #[test]
    fn a_page_may_name_its_encoding() {
        // Two characters are too few for a guess.
        let page = |charset: &str, text: &[u8]| [charset.as_bytes(), text].concat();
        let big5 = BIG5.encode("通知").0.into_owned();
        let said = page("<meta http-equiv=\"Content-Type\" content=\"text/html; charset=big5\">", &big5);
        assert!(read(&said, Format::Html).is_ok_and(|(text, name)| text.ends_with("通知") && name == "Big5"));
        // 通知 would not do: in GBK it happens to be valid UTF-8.
        let gb = GB18030.encode("公告").0.into_owned();
        let said = page("<meta charset=utf-8>", &gb);
        assert!(read(&said, Format::Html).is_ok_and(|(text, name)| text.ends_with("公告") && name == "gb18030"));
    }

    #[test]
    fn what_cannot_be_decoded_is_named_with_its_byte() {
        let mut bytes = SIMPLIFIED.as_bytes().to_vec();
        bytes[9] = 0xff;
        assert_eq!(read(&bytes, Format::Text).unwrap_err(), "not UTF-8: byte 9 is no part of a character");
        let mut marked = b"\xef\xbb\xbf".to_vec();
        marked.extend(&bytes);
        assert_eq!(read(&marked, Format::Text).unwrap_err(), "not UTF-8: byte 12 is no part of a character");
        let mut gb = GB18030.encode(SIMPLIFIED).0.into_owned();
        gb[10] = 0xff;
        let forced = decode(gb, Format::Text, named("gbk")).unwrap_err().to_string();
        assert_eq!(forced, "not gb18030: byte 10 is no part of a character");
        let half = [utf16("甲", u16::to_le_bytes), vec![0x00, 0xd8]].concat();
        assert_eq!(read(&half, Format::Text).unwrap_err(), "not UTF-16LE: byte 4 is no part of a character");
    }

    #[test]
    fn binary_files_are_refused() {
        assert!(read(b"%PDF-1.4", Format::Text).unwrap_err().contains("PDF"));
        assert!(read(b"PK\x03\x04", Format::Html).unwrap_err().contains("zip"));
        assert!(read("甲\0".as_bytes(), Format::Text).unwrap_err().contains("byte 3 is NUL"));
        assert!(read(&utf16("甲\0", u16::to_le_bytes), Format::Text).unwrap_err().contains("byte 4 is NUL"));
    }

    #[test]
    fn a_forced_encoding_is_taken() {
        let bytes: Vec<u8> = "甲乙".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let read = decode(bytes, Format::Text, named("utf-16le")).expect("it is UTF-16");
        assert_eq!(read, ("甲乙".to_owned(), "UTF-16LE"));
    }
}
