// Package edit turns a JSON Patch on a document into edits of its text that
// keep comments, quotes and layout; it touches no files and knows no rules.
//
// Each operation becomes a few replacements. What comes out is read again, and
// where it does not hold exactly the patched value there is no edit at all.
package edit
