//! A compiled policy with its digest: what decides.

use crate::program::Program;
use crate::program::encoding::{self, ArtefactError};

/// A compiled policy, ready to decide.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    program: Program,
    digest: String,
}

impl Policy {
    /// Wraps a checked program; its digest is that of its encoding.
    ///
    /// # Errors
    /// The program is too large to be encoded, or not sound.
    pub fn new(program: Program) -> Result<Self, ArtefactError> {
        let payload = encoding::payload(&program)?;
        let program = encoding::decode(&payload)?;
        Ok(Self { program, digest: encoding::digest(&payload) })
    }

    /// Reads a `.dulyc` artefact. Nothing in it is trusted.
    ///
    /// # Errors
    /// It is no artefact, of another version, damaged, or not sound.
    pub fn from_artefact(bytes: &[u8]) -> Result<Self, ArtefactError> {
        let payload = encoding::open(bytes)?;
        Ok(Self { program: encoding::decode(payload)?, digest: encoding::digest(payload) })
    }

    /// Writes the `.dulyc` artefact.
    ///
    /// # Errors
    /// The program is too large to be encoded.
    pub fn to_artefact(&self) -> Result<Vec<u8>, ArtefactError> {
        encoding::artefact(&self.program)
    }

    /// The program.
    #[must_use]
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// `sha256:` and the digest of the compiled policy, imports and calendar included.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }
}
