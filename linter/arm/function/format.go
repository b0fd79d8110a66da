package function

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
)

// formatRows hold .NET's composite formatting with the invariant culture.
//
// Source: https://learn.microsoft.com/dotnet/standard/base-types/composite-formatting
var formatRows = []row{
	{name: "format", min: 1, max: -1, needs: content, text: composed, run: format},
}

// What .NET says about a bad format.
var (
	errFormatString = EngineErrorf("Input string was not in a correct format.")
	errFormatIndex  = EngineErrorf("Index (zero based) must be greater than or equal to zero and less than the size of the argument list.")
	errSpecifier    = EngineErrorf("Format specifier was invalid.")
)

// maxNumber bounds indexes, alignments and precisions in a format.
const maxNumber = 1_000_000

func format(c *call) (*value.Value, error) {
	text, err := c.str(0)
	if err != nil {
		return nil, err
	}
	f := formatter{c: c, rest: text}
	if err := f.run(); err != nil {
		if errors.Is(err, ErrLimit) {
			return nil, err
		}
		return nil, formatError(err)
	}
	return c.text(f.out.String())
}

// formatError is the engine's error around .NET's.
func formatError(err error) error {
	return EngineErrorf("Unable to evaluate language function 'format': the format is invalid: '%s'", err)
}

// formatter reads a composite format from left to right.
type formatter struct {
	c    *call
	rest string
	out  strings.Builder
}

func (f *formatter) run() error {
	for f.rest != "" {
		at := strings.IndexAny(f.rest, "{}")
		if at < 0 {
			return f.write(f.rest)
		}
		if err := f.write(f.rest[:at]); err != nil {
			return err
		}
		brace := f.rest[at]
		f.rest = f.rest[at+1:]
		switch {
		case f.rest != "" && f.rest[0] == brace:
			f.rest = f.rest[1:]
			if err := f.write(string(brace)); err != nil {
				return err
			}
		case brace == '}':
			return errFormatString
		default:
			if err := f.item(); err != nil {
				return err
			}
		}
		if err := f.c.budget().Step(1); err != nil {
			return err
		}
	}
	return nil
}

func (f *formatter) write(s string) error {
	if int64(f.out.Len()+len(s)) > f.c.budget().limits.Text {
		return f.c.budget().Text(int64(f.out.Len() + len(s)))
	}
	f.out.WriteString(s)
	return nil
}

// item reads what follows an opening brace: index[,alignment][:format]}
func (f *formatter) item() error {
	index, ok := f.number()
	if !ok {
		return errFormatString
	}
	f.spaces()
	width, left := 0, false
	if f.accept(",") {
		f.spaces()
		left = f.accept("-")
		if width, ok = f.number(); !ok {
			return errFormatString
		}
		f.spaces()
	}
	specifier := ""
	if f.accept(":") {
		end := strings.IndexAny(f.rest, "{}")
		if end < 0 || f.rest[end] == '{' {
			return errFormatString
		}
		specifier, f.rest = f.rest[:end], f.rest[end:]
	}
	if !f.accept("}") {
		return errFormatString
	}
	if index >= len(f.c.args)-1 {
		return errFormatIndex
	}
	text, err := f.c.formatValue(f.c.args[index+1], specifier)
	if err != nil {
		return err
	}
	return f.aligned(text, width, left)
}

// aligned writes a text filled with spaces up to a width.
func (f *formatter) aligned(text string, width int, left bool) error {
	missing := max(width-int(utf16Length(text)), 0)
	if int64(f.out.Len()+missing+len(text)) > f.c.budget().limits.Text {
		return f.c.budget().Text(int64(f.out.Len() + missing + len(text)))
	}
	fill := strings.Repeat(" ", missing)
	if left {
		return f.write(text + fill)
	}
	return f.write(fill + text)
}

// number reads a decimal number of at most maxNumber.
func (f *formatter) number() (int, bool) {
	n, digits := 0, 0
	for digits < len(f.rest) && f.rest[digits] >= '0' && f.rest[digits] <= '9' {
		if n = n*10 + int(f.rest[digits]-'0'); n >= maxNumber {
			return 0, false
		}
		digits++
	}
	f.rest = f.rest[digits:]
	return n, digits > 0
}

func (f *formatter) spaces() { f.rest = strings.TrimLeft(f.rest, " ") }

func (f *formatter) accept(s string) bool {
	rest, ok := strings.CutPrefix(f.rest, s)
	f.rest = rest
	return ok
}

// formatValue gives the text of an argument. Text, booleans and null have no
// formats, and arrays and objects become JSON with single quotes.
func (c *call) formatValue(v *value.Value, specifier string) (string, error) {
	switch v.Kind {
	case value.Int:
		return formatInt(v.Int, specifier)
	case value.Float:
		return formatFloat(v.Float, specifier)
	case value.Array, value.Object:
		text, err := c.json(v, '\'')
		if err != nil {
			return "", err
		}
		return text.Str, nil
	}
	return scalarText(v), nil
}

// standardSpecifier splits a standard format like "N2" into its letter and its
// precision, -1 where there is none. Anything else is a custom format.
func standardSpecifier(s string) (letter byte, precision int, ok bool) {
	r, size := utf8.DecodeRuneInString(s)
	if !unicode.IsLetter(r) || r > unicode.MaxASCII {
		return 0, 0, false
	}
	digits := s[size:]
	if digits == "" {
		return s[0], -1, true
	}
	for _, d := range digits {
		if d < '0' || d > '9' {
			return 0, 0, false
		}
		if precision = precision*10 + int(d-'0'); precision >= maxNumber {
			return 0, 0, false
		}
	}
	return s[0], precision, true
}
