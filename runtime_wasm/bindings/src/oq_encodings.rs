//! jq's encodings of texts: `@html`, `@uri`, `@base64` and the ways back.

use jaq_core::native::{bome, v, Filter};
use jaq_core::{Cv, RunPtr, ValXs};
use jaq_json::{Error, Val};
use jaq_std::ValT;

use crate::oq_filter::Data;

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

pub(crate) fn filters() -> Vec<Filter<RunPtr<Data>>> {
    vec![
        ("escape_html", v(0), |cv| text(cv, |t| Ok(to_html(t)))),
        ("encode_uri", v(0), |cv| text(cv, |t| Ok(to_uri(t)))),
        ("decode_uri", v(0), |cv| text(cv, |t| Ok(from_uri(t)))),
        ("encode_base64", v(0), |cv| text(cv, |t| Ok(to_base64(t)))),
        ("decode_base64", v(0), |cv| text(cv, from_base64)),
    ]
}

fn text<'a>(
    (_, value): Cv<'a, Data>,
    encode: fn(&[u8]) -> Result<Vec<u8>, Error>,
) -> ValXs<'a, Val> {
    let encoded = value.try_as_utf8_bytes().and_then(encode);
    bome(encoded.map(Val::utf8_str))
}

fn to_html(text: &[u8]) -> Vec<u8> {
    let sign = |byte: &u8| match byte {
        b'<' => b"&lt;".to_vec(),
        b'>' => b"&gt;".to_vec(),
        b'&' => b"&amp;".to_vec(),
        b'\'' => b"&#39;".to_vec(),
        b'"' => b"&quot;".to_vec(),
        other => vec![*other],
    };
    text.iter().flat_map(sign).collect()
}

fn to_uri(text: &[u8]) -> Vec<u8> {
    let sign = |byte: &u8| match byte {
        b'-' | b'_' | b'.' | b'~' => vec![*byte],
        byte if byte.is_ascii_alphanumeric() => vec![*byte],
        other => format!("%{other:02X}").into_bytes(),
    };
    text.iter().flat_map(sign).collect()
}

/// A `%` without two digits behind it stays as it is.
fn from_uri(text: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut rest = text;
    while let [first, after @ ..] = rest {
        let code = after
            .get(..2)
            .and_then(|code| std::str::from_utf8(code).ok());
        let code = code.filter(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()));
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) if *first == b'%' => {
                decoded.push(byte);
                rest = &after[2..];
            }
            _ => {
                decoded.push(*first);
                rest = after;
            }
        }
    }
    decoded
}

fn to_base64(text: &[u8]) -> Vec<u8> {
    let mut encoded = Vec::with_capacity(text.len().div_ceil(3) * 4);
    for group in text.chunks(3) {
        let bits = (0..3).fold(0u32, |bits, at| {
            bits << 8 | u32::from(*group.get(at).unwrap_or(&0))
        });
        for at in 0..4 {
            let sign = BASE64[(bits >> (18 - 6 * at)) as usize & 63];
            encoded.push(if at <= group.len() { sign } else { b'=' });
        }
    }
    encoded
}

fn from_base64(text: &[u8]) -> Result<Vec<u8>, Error> {
    let signs = text.iter().take_while(|byte| **byte != b'=');
    let (mut decoded, mut bits, mut count) = (Vec::new(), 0u32, 0);
    for sign in signs {
        let Some(value) = BASE64.iter().position(|known| known == sign) else {
            let sign = char::from(*sign);
            return Err(Error::str(format_args!("`{sign}` is no sign of base64")));
        };
        bits = bits << 6 | value as u32;
        count += 6;
        if count >= 8 {
            count -= 8;
            decoded.push((bits >> count) as u8);
        }
    }
    Ok(decoded)
}
