//! Pictures as phones make them, and as nobody should.

use std::io::{Cursor, Write as _};

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};

/// Stands in every place of a file that is no pixel.
pub const CANARY: &str = "canary-7f3a-47.3769N-8.5417E";
const RED: [u8; 3] = [220, 30, 30];
const BLUE: [u8; 3] = [30, 30, 220];

/// Red on the left, blue on the right.
pub fn two_halves(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, _| {
        Rgb(if x < width / 2 { RED } else { BLUE })
    })
}

/// A photograph.
pub fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 90)
        .encode_image(&two_halves(width, height))
        .unwrap();
    bytes
}

fn written(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// The same as PNG.
pub fn png(width: u32, height: u32) -> Vec<u8> {
    written(&two_halves(width, height).into(), ImageFormat::Png)
}

/// A drawing, transparent on the left.
pub fn transparent_png(width: u32, height: u32) -> Vec<u8> {
    let image = RgbaImage::from_fn(width, height, |x, _| {
        Rgba([10, 120, 10, if x < width / 2 { 0 } else { 255 }])
    });
    written(&image.into(), ImageFormat::Png)
}

/// The same as WebP.
pub fn webp(width: u32, height: u32) -> Vec<u8> {
    written(&two_halves(width, height).into(), ImageFormat::WebP)
}

/// A picture, read.
pub fn read(bytes: &[u8]) -> RgbImage {
    image::load_from_memory(bytes).unwrap().to_rgb8()
}

/// Whether a pixel is about that colour; JPEG is never exact.
pub fn is_about(image: &RgbImage, x: u32, y: u32, colour: [u8; 3]) -> bool {
    let pixel = image.get_pixel(x, y).0;
    let apart = |place: usize| i32::from(pixel[place]).abs_diff(i32::from(colour[place]));
    (0..3).all(|place| apart(place) < 40)
}

pub fn is_red(image: &RgbImage, x: u32, y: u32) -> bool {
    is_about(image, x, y, RED)
}

pub fn is_blue(image: &RgbImage, x: u32, y: u32) -> bool {
    is_about(image, x, y, BLUE)
}

/// What a phone writes into a photograph: which way up it is, its own make, where it was. With a comment, XMP, and
/// behind the end an archive.
pub fn with_everything(jpeg: &[u8], orientation: u16) -> Vec<u8> {
    let segment = |marker: u8, body: &[u8]| {
        let length = u16::try_from(body.len() + 2).unwrap();
        [&[0xff, marker], length.to_be_bytes().as_slice(), body].concat()
    };
    let xmp = format!("http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>{CANARY}</x:xmpmeta>");
    let iptc = format!("Photoshop 3.0\x008BIM{CANARY}");
    let icc = format!("ICC_PROFILE\0\u{1}\u{1}{CANARY}");
    [
        &jpeg[..2],
        &segment(0xe1, &exif(orientation)),
        &segment(0xe1, xmp.as_bytes()),
        &segment(0xe2, icc.as_bytes()),
        &segment(0xed, iptc.as_bytes()),
        &segment(0xfe, CANARY.as_bytes()),
        &jpeg[2..],
        format!("PK\x03\x04{CANARY}PK\x05\x06").as_bytes(),
    ]
    .concat()
}

/// Little-endian TIFF: make, orientation, and a GPS directory.
fn exif(orientation: u16) -> Vec<u8> {
    let mut make = CANARY.as_bytes().to_vec();
    make.push(0);
    let entry = |tag: u16, kind: u16, count: usize, value: u32| {
        let count = u32::try_from(count).unwrap();
        [
            tag.to_le_bytes().as_slice(),
            &kind.to_le_bytes(),
            &count.to_le_bytes(),
            &value.to_le_bytes(),
        ]
        .concat()
    };
    // Three entries of the first directory, one of the second, each after a count and before an end.
    let (first, second) = (8, 8 + 2 + 3 * 12 + 4);
    let texts = second + 2 + 12 + 4;
    let gps = texts + u32::try_from(make.len()).unwrap();
    let rational = |number: u32| [number.to_le_bytes(), 1_u32.to_le_bytes()].concat();
    [
        b"Exif\0\0II*\0".as_slice(),
        &u32::to_le_bytes(first),
        &3_u16.to_le_bytes(),
        &entry(0x010f, 2, make.len(), texts),
        &entry(0x0112, 3, 1, u32::from(orientation)),
        &entry(0x8825, 4, 1, second),
        &[0; 4],
        &1_u16.to_le_bytes(),
        &entry(0x0002, 5, 3, gps),
        &[0; 4],
        &make,
        &rational(47),
        &rational(22),
        &rational(37),
    ]
    .concat()
}

fn chunk(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).unwrap();
    let mut sum = flate2::Crc::new();
    sum.update(name);
    sum.update(body);
    [
        length.to_be_bytes().as_slice(),
        name,
        body,
        &sum.sum().to_be_bytes(),
    ]
    .concat()
}

/// A PNG with words in it and behind it.
pub fn png_with_words(width: u32, height: u32) -> Vec<u8> {
    let plain = png(width, height);
    // After the signature and the header.
    let (head, rest) = plain.split_at(8 + 25);
    let words = format!("Comment\0{CANARY}");
    [
        head,
        &chunk(b"tEXt", words.as_bytes()),
        rest,
        CANARY.as_bytes(),
    ]
    .concat()
}

/// A PNG whose colour profile and words are this many megabytes of nothing, packed.
pub fn png_with_a_bomb(megabytes: usize) -> Vec<u8> {
    let plain = png(40, 30);
    let (head, rest) = plain.split_at(8 + 25);
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..megabytes {
        packer.write_all(&vec![0; 1 << 20]).unwrap();
    }
    let packed = packer.finish().unwrap();
    let named = |name: &str| [name.as_bytes(), &[0, 0], &packed].concat();
    let international = [b"c\0\x01\0\0\0".as_slice(), &packed].concat();
    [
        head,
        &chunk(b"iCCP", &named("p")),
        &chunk(b"zTXt", &named("Raw profile type iptc")),
        &chunk(b"iTXt", &international),
        rest,
    ]
    .concat()
}

/// A PNG that says it is larger than it is.
pub fn png_that_says(width: u32, height: u32) -> Vec<u8> {
    png_with_bits(8, width, height)
}

/// The same with 16 bits for each colour.
pub fn deep_png_that_says(width: u32, height: u32) -> Vec<u8> {
    png_with_bits(16, width, height)
}

fn png_with_bits(bits: u8, width: u32, height: u32) -> Vec<u8> {
    let mut header = [width.to_be_bytes(), height.to_be_bytes()].concat();
    header.extend([bits, 6, 0, 0, 0]);
    [
        b"\x89PNG\r\n\x1a\n".as_slice(),
        &chunk(b"IHDR", &header),
        &chunk(b"IDAT", &[0x78, 0x9c, 0x03, 0x00, 0x00, 0x00, 0x00, 0x01]),
        &chunk(b"IEND", &[]),
    ]
    .concat()
}

/// A JPEG whose frame says it is larger than it is.
pub fn jpeg_that_says(width: u16, height: u16) -> Vec<u8> {
    let mut bytes = jpeg(16, 16);
    let frame = bytes
        .windows(2)
        .position(|pair| pair == [0xff, 0xc0])
        .unwrap();
    bytes[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    bytes[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    bytes
}

/// Two pictures after another, red and blue.
pub fn animated_webp(width: u32, height: u32) -> Vec<u8> {
    let number = |value: u32| value.to_le_bytes()[..3].to_vec();
    let part = |name: &[u8; 4], body: &[u8]| {
        let length = u32::try_from(body.len()).unwrap();
        let pad = vec![0; body.len() % 2];
        [name.as_slice(), &length.to_le_bytes(), body, &pad].concat()
    };
    let frame = |colour: [u8; 3]| {
        let still = RgbImage::from_pixel(width, height, Rgb(colour));
        let still = written(&still.into(), ImageFormat::WebP);
        let head = [
            number(0),
            number(0),
            number(width - 1),
            number(height - 1),
            number(100),
            vec![0],
        ];
        part(b"ANMF", &[head.concat().as_slice(), &still[12..]].concat())
    };
    let canvas = [vec![0x02, 0, 0, 0], number(width - 1), number(height - 1)].concat();
    let body = [
        b"WEBP".to_vec(),
        part(b"VP8X", &canvas),
        part(b"ANIM", &[0; 6]),
        frame(RED),
        frame(BLUE),
    ]
    .concat();
    part(b"RIFF", &body)
}
