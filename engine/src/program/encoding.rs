//! The `.dulyc` artefact: magic bytes, version, digest, payload. Never trusted when read.

use super::{Program, verify};
use sha2::{Digest, Sha256};

/// The first bytes of every artefact.
pub const MAGIC: &[u8; 6] = b"DULYC\0";
/// The version of the encoding.
const VERSION: u16 = 2;
/// The largest payload.
const MAX_PAYLOAD: usize = 8 << 20;
/// The largest artefact, in bytes.
pub const MAX_ARTEFACT: usize = MAX_PAYLOAD + 64;

/// Why an artefact is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ArtefactError {
    /// Not an artefact.
    #[error("[A801] this is not a compiled policy; `duly build` makes one")]
    NotOne,
    /// Of another version.
    #[error(
        "[A802] this policy was compiled for version {0} of the format, and this is version {VERSION}; build it again"
    )]
    Version(u16),
    /// Its digest does not fit.
    #[error("[A803] the compiled policy is damaged: its digest does not fit; build it again")]
    Damaged,
    /// It cannot be decoded.
    #[error("[A804] the compiled policy cannot be decoded: {0}; build it again")]
    Undecodable(String),
    /// It breaks a rule that every program keeps.
    #[error("[A805] the compiled policy is not sound: {0}; build it again")]
    Unsound(&'static str),
    /// It is too large.
    #[error("[A806] the compiled policy is larger than {MAX_ARTEFACT} bytes")]
    TooLarge,
}

impl ArtefactError {
    /// Its stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotOne => "A801",
            Self::Version(_) => "A802",
            Self::Damaged => "A803",
            Self::Undecodable(_) => "A804",
            Self::Unsound(_) => "A805",
            Self::TooLarge => "A806",
        }
    }
}

/// The encoding of a program: what its digest is taken of.
///
/// # Errors
/// It is too large.
pub fn payload(program: &Program) -> Result<Vec<u8>, ArtefactError> {
    let payload = postcard::to_stdvec(program).map_err(|e| ArtefactError::Undecodable(e.to_string()))?;
    if payload.len() > MAX_PAYLOAD { Err(ArtefactError::TooLarge) } else { Ok(payload) }
}

/// `sha256:` and sixty-four hexadecimal digits.
#[must_use]
pub fn digest(payload: &[u8]) -> String {
    let mut out = String::from("sha256:");
    for byte in Sha256::digest(payload) {
        out.push_str(&format!("{byte:02x}"));
    }
    out
}

/// The whole artefact.
///
/// # Errors
/// The program is too large.
pub fn artefact(program: &Program) -> Result<Vec<u8>, ArtefactError> {
    let payload = payload(program)?;
    let mut bytes = Vec::from(*MAGIC);
    bytes.extend_from_slice(&VERSION.to_le_bytes());
    bytes.extend_from_slice(&Sha256::digest(&payload));
    bytes.extend_from_slice(&payload);
    Ok(bytes)
}

/// The payload of an artefact whose frame and digest fit.
///
/// # Errors
/// They do not.
pub fn open(bytes: &[u8]) -> Result<&[u8], ArtefactError> {
    if bytes.len() > MAX_ARTEFACT {
        return Err(ArtefactError::TooLarge);
    }
    let rest = bytes.strip_prefix(MAGIC).ok_or(ArtefactError::NotOne)?;
    let (version, rest) = rest.split_first_chunk::<2>().ok_or(ArtefactError::NotOne)?;
    let version = u16::from_le_bytes(*version);
    if version != VERSION {
        return Err(ArtefactError::Version(version));
    }
    let (told, payload) = rest.split_first_chunk::<32>().ok_or(ArtefactError::Damaged)?;
    if Sha256::digest(payload).as_slice() == told { Ok(payload) } else { Err(ArtefactError::Damaged) }
}

/// Decodes a payload and checks every rule that programs keep.
///
/// # Errors
/// It cannot be decoded, or is not sound.
pub fn decode(payload: &[u8]) -> Result<Program, ArtefactError> {
    let (program, rest): (Program, &[u8]) =
        postcard::take_from_bytes(payload).map_err(|e| ArtefactError::Undecodable(e.to_string()))?;
    if !rest.is_empty() {
        return Err(ArtefactError::Undecodable("bytes are left over".into()));
    }
    verify::verify(&program).map_err(ArtefactError::Unsound)?;
    Ok(program)
}
