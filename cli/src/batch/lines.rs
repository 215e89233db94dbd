//! Lines of a stream, read with a bound: a line that is too long is never held.

use memchr::memchr;
use std::io::{self, BufRead};

/// One line of a stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// Its bytes, without the line's end.
    Whole(Vec<u8>),
    /// It is longer than the bound; so many bytes were skipped.
    TooLong(u64),
}

/// Reads lines.
#[derive(Debug)]
pub struct Lines<R> {
    from: R,
    bound: usize,
    /// Bytes read so far.
    pub read: u64,
}

impl<R: BufRead> Lines<R> {
    /// Lines of at most `bound` bytes.
    pub fn new(from: R, bound: usize) -> Self {
        Self { from, bound, read: 0 }
    }

    /// The next lines: at most `most` of them, and hardly more than `bytes` together; none at the end.
    ///
    /// # Errors
    /// The stream cannot be read.
    pub fn chunk(&mut self, most: usize, bytes: usize) -> io::Result<Vec<Line>> {
        let (mut lines, mut held) = (Vec::new(), 0);
        while lines.len() < most && held < bytes {
            let Some(line) = self.line()? else { break };
            if let Line::Whole(bytes) = &line {
                held += bytes.len();
            }
            lines.push(line);
        }
        Ok(lines)
    }

    fn line(&mut self) -> io::Result<Option<Line>> {
        let (mut line, mut length, mut ended) = (Vec::new(), 0_u64, false);
        while !ended {
            let buffer = match self.from.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                other => other?,
            };
            if buffer.is_empty() {
                break;
            }
            let (part, used) = match memchr(b'\n', buffer) {
                Some(at) => (&buffer[..at], at + 1),
                None => (buffer, buffer.len()),
            };
            ended = used > part.len();
            length += part.len() as u64;
            // One byte over the bound is kept, for a `\r` before the end.
            let room = (self.bound + 1).saturating_sub(line.len());
            line.extend_from_slice(&part[..part.len().min(room)]);
            self.from.consume(used);
            self.read += used as u64;
        }
        if length == 0 && !ended {
            return Ok(None);
        }
        if length == line.len() as u64 && line.last() == Some(&b'\r') {
            line.pop();
            length -= 1;
        }
        Ok(Some(if length > self.bound as u64 { Line::TooLong(length) } else { Line::Whole(line) }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{BufReader, Read};

    fn lines(text: &[u8], bound: usize) -> Vec<Line> {
        // A buffer of three bytes, so that lines lie across its edges.
        let mut lines = Lines::new(BufReader::with_capacity(3, text), bound);
        let all = lines.chunk(100, 1000).unwrap();
        assert_eq!(lines.read, text.len() as u64);
        all
    }

    fn whole(text: &str) -> Line {
        Line::Whole(text.into())
    }

    #[test]
    fn lines_end_as_people_end_them() {
        assert_eq!(lines(b"", 10), []);
        assert_eq!(lines(b"one\ntwo", 10), [whole("one"), whole("two")]);
        assert_eq!(lines(b"one\r\ntwo\n", 10), [whole("one"), whole("two")]);
        assert_eq!(lines(b"\n\none\n", 10), [whole(""), whole(""), whole("one")]);
    }

    #[test]
    fn a_long_line_is_skipped_and_the_next_one_read() {
        assert_eq!(
            lines(b"12345678901\nok\n1234567890\r\n", 10),
            [Line::TooLong(11), whole("ok"), whole("1234567890")]
        );
    }

    #[test]
    fn a_long_line_is_not_held() {
        let endless = io::repeat(b'x').take(64 << 20);
        let mut lines = Lines::new(BufReader::new(endless), 1 << 10);
        assert_eq!(lines.line().unwrap(), Some(Line::TooLong(64 << 20)));
        assert_eq!(lines.line().unwrap(), None);
    }

    #[test]
    fn a_chunk_is_bounded_by_lines_and_bytes() {
        let text = "x".repeat(9) + "\n";
        let text = text.repeat(10);
        let mut lines = Lines::new(text.as_bytes(), 100);
        assert_eq!(lines.chunk(4, 1000).unwrap().len(), 4);
        assert_eq!(lines.chunk(100, 30).unwrap().len(), 4);
        assert_eq!(lines.chunk(100, 1000).unwrap().len(), 2);
        assert_eq!(lines.chunk(100, 1000).unwrap().len(), 0);
    }
}
