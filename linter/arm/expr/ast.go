// Package expr reads the expression language of ARM templates: it tells
// expressions from literal text and parses them into a tree with positions.
//
// Source of the grammar: "Syntax and expressions in ARM templates",
// https://learn.microsoft.com/azure/azure-resource-manager/templates/template-expressions
package expr

import (
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/source"
)

// Expression is a parsed template string.
type Expression struct {
	// Text is the whole string, with the outer brackets. All spans of the tree
	// are byte ranges of Text, so source.Node.TextOffset maps them to the file.
	Text string
	Root Expr
}

// Source returns the text of a part of the expression, as the user wrote it.
func (x *Expression) Source(e Expr) string {
	span := e.Span()
	if span.Start < 0 || span.End > len(x.Text) || span.Start > span.End {
		return ""
	}
	return strings.TrimSpace(x.Text[span.Start:span.End])
}

// Expr is a node of the tree: *String, *Int, *Float, *Call, *Property or
// *Index.
type Expr interface {
	// Span is the byte range in Expression.Text.
	Span() source.Span
}

// String is a string literal.
type String struct {
	// Value is the text without the quotes, a doubled quote inside read as one.
	Value string
	At    source.Span
}

// Int is an integer literal.
type Int struct {
	Value int64
	At    source.Span
}

// Float is a literal with a fraction.
type Float struct {
	Value float64
	// Literal is the number as it was written.
	Literal string
	At      source.Span
}

// Call is a call of a function of the language or of the user.
type Call struct {
	// Namespace is empty for the functions of the language.
	Namespace string
	Name      string
	// NameAt is the range of the name, with its namespace.
	NameAt source.Span
	Args   []Expr
	At     source.Span
}

// Property is the access to a member by a name: base.name.
type Property struct {
	Base   Expr
	Name   string
	NameAt source.Span
	At     source.Span
}

// Index is the access to a member or an element by a value: base[key].
type Index struct {
	Base Expr
	Key  Expr
	At   source.Span
}

// Span is the range of the literal with its quotes.
func (e *String) Span() source.Span { return e.At }

// Span is the range of the literal.
func (e *Int) Span() source.Span { return e.At }

// Span is the range of the literal.
func (e *Float) Span() source.Span { return e.At }

// Span is the range from the name to the closing parenthesis.
func (e *Call) Span() source.Span { return e.At }

// Span is the range from the start of the base to the end of the name.
func (e *Property) Span() source.Span { return e.At }

// Span is the range from the start of the base to the closing bracket.
func (e *Index) Span() source.Span { return e.At }

// IsExpression says whether a string of a template is an expression: it starts
// with one bracket, not two, and ends with one.
func IsExpression(s string) bool {
	return len(s) >= 2 && s[0] == '[' && s[1] != '[' && s[len(s)-1] == ']'
}

// Unescape returns the literal text that a string stands for which is no
// expression: "[[x]" is the text "[x]", all else is what it is.
func Unescape(s string) string {
	if strings.HasPrefix(s, "[[") && s[len(s)-1] == ']' {
		return s[1:]
	}
	return s
}

// Walk calls f for e and for each node below it, parents first, until f
// returns false; it returns false where f did.
func Walk(e Expr, f func(Expr) bool) bool {
	if e == nil || !f(e) {
		return false
	}
	switch e := e.(type) {
	case *Call:
		for _, arg := range e.Args {
			if !Walk(arg, f) {
				return false
			}
		}
	case *Property:
		return Walk(e.Base, f)
	case *Index:
		return Walk(e.Base, f) && Walk(e.Key, f)
	}
	return true
}
