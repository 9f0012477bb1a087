//! A place in a text that moves forward a character at a time.

pub(super) struct Cursor<'text> {
    text: &'text str,
    position: usize,
}

impl<'text> Cursor<'text> {
    pub(super) fn new(text: &'text str) -> Self {
        Cursor { text, position: 0 }
    }

    pub(super) fn position(&self) -> u32 {
        self.position as u32
    }

    /// How long the text is.
    pub(super) fn length(&self) -> u32 {
        self.text.len() as u32
    }

    pub(super) fn at_end(&self) -> bool {
        self.position == self.text.len()
    }

    /// The text that is still to be read.
    pub(super) fn rest(&self) -> &'text str {
        &self.text[self.position..]
    }

    /// The text from `start` up to here.
    pub(super) fn text_from(&self, start: u32) -> &'text str {
        &self.text[start as usize..self.position]
    }

    pub(super) fn peek(&self) -> Option<char> {
        match self.text.as_bytes().get(self.position) {
            Some(byte) if byte.is_ascii() => Some(*byte as char),
            Some(_) => self.rest().chars().next(),
            None => None,
        }
    }

    pub(super) fn peek_second(&self) -> Option<char> {
        self.rest().chars().nth(1)
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let character = self.peek()?;
        self.position += character.len_utf8();
        Some(character)
    }

    pub(super) fn skip_while(&mut self, accepts: impl Fn(char) -> bool) {
        while self.peek().is_some_and(&accepts) {
            self.next();
        }
    }

    /// Reads up to the end of the line, which stays.
    pub(super) fn skip_line(&mut self) {
        self.position += self.rest().find('\n').unwrap_or(self.rest().len());
    }

    /// Reads past the next `needle`. Stays where it is if there is none.
    pub(super) fn skip_past(&mut self, needle: &str) -> bool {
        let found = self.rest().find(needle);
        if let Some(offset) = found {
            self.position += offset + needle.len();
        }
        found.is_some()
    }

    /// Goes back, or ahead, to `position`.
    pub(super) fn go_to(&mut self, position: u32) {
        self.position = position as usize;
    }
}
