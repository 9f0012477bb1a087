//! What lies around a mistake in a file, and how much has to be taken out for it.

use crate::annotations::annotation_spans;
use crate::blank::Level;
use crate::cascade::Lost;
use crate::check::words;
use crate::files::File;
use crate::problem::SyntaxProblem;
use crate::protocol::Dialect;
use crate::syntax::SyntaxKind::*;
use crate::tree::Span;
use crate::uses::imported;

impl File {
    /// The names of modules that were taken out while the files were gathered.
    pub fn note_missing_modules(&self, lost: &mut Lost) {
        for cut in self
            .blanked
            .cuts()
            .iter()
            .filter(|cut| cut.level == Level::Item)
        {
            lost.note(0, self, *cut);
        }
        if !self.is_text {
            lost.add(self.module.last().map_or("", String::as_str));
        }
    }

    /// How much to take out around a syntax problem: its statement where everything around that is closed.
    pub fn level_for(&self, found: &SyntaxProblem, dialect: Dialect) -> Level {
        if found.code == "mutable-variable" {
            return Level::Expression;
        }
        let path = self.tree.path_to(found.place());
        let mut bodies = path
            .windows(2)
            .filter(|pair| pair[0].kind() == FunctionItem && pair[1].kind() == Block);
        let are_closed = bodies.all(|pair| pair[1].last_child(CloseBrace).is_some());
        let leaves_open =
            found.code.starts_with("unclosed") || found.code.starts_with("unterminated");
        let is_body =
            dialect == Dialect::FunctionBody || path.iter().any(|node| node.kind() == Block);
        if is_body && are_closed && !leaves_open {
            Level::Statement
        } else {
            Level::Body
        }
    }

    /// Whether the parser found nothing wrong in the outermost function around a place; in the file, if there is none.
    pub fn is_well_formed_around(&self, span: Span) -> bool {
        let path = self.tree.path_to(span);
        let function = path.iter().find(|node| node.kind() == FunctionItem);
        let around = function.map_or(self.tree.root().span(), |node| node.span());
        let is_in = |place: Span| around.start <= place.start && place.start < around.end;
        self.is_text && !self.syntax_problems.iter().any(|found| is_in(found.span))
    }

    /// Whether a place is that of an item's name, or of an import.
    pub fn is_of_item(&self, place: Span) -> bool {
        let path = self.tree.path_to(place);
        path.iter()
            .any(|node| matches!(node.kind(), Name | UseTree))
    }

    /// Whether a place is that of an import whose name stands in an annotation, which the compiler never sees.
    pub fn is_import_for_annotations(&self, place: Span) -> bool {
        let path = self.tree.path_to(place);
        let Some(import) = path.iter().find(|node| node.kind() == UseItem) else {
            return false;
        };
        let leaves = imported(*import, &self.text).into_iter();
        let mut names = leaves.filter(|(_, leaf)| {
            let own = leaf.span();
            own.start <= place.start && place.end <= own.end
        });
        let annotations = annotation_spans(&self.tree);
        names.any(|(name, _)| {
            let mut texts = annotations.iter().map(|span| span.of(&self.text));
            texts.any(|text| words(text).any(|word| word == name))
        })
    }

    /// The body of the function around a place, or the whole file.
    pub fn body_around(&self, span: Span) -> Span {
        let path = self.tree.path_to(span);
        let body = path
            .windows(2)
            .rev()
            .find(|pair| pair[0].kind() == FunctionItem && pair[1].kind() == Block);
        body.map_or(self.tree.root().span(), |pair| pair[1].span())
    }
}
