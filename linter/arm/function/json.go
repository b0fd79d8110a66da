package function

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
)

// maxJSONDepth bounds the nesting of the text that json() reads.
const maxJSONDepth = 256

// errJSON is wrapped by the errors of parseTolerant about the text itself.
var errJSON = errors.New("not valid JSON")

// jsonError is the engine's error for a text that json() cannot read.
func (c *call) jsonError(err error) error {
	if errors.Is(err, errJSON) {
		return c.invalid()
	}
	return fmt.Errorf("reading JSON: %w", err)
}

// parseTolerant reads JSON as Newtonsoft's reader does: single quotes, names
// without quotes, comments, trailing commas, NaN and Infinity are accepted. The
// empty text is null. A name that stands twice has its last value.
func parseTolerant(s string, budget *Budget) (*value.Value, error) {
	r := jsonReader{rest: strings.TrimPrefix(s, "\ufeff"), budget: budget}
	if err := budget.Text(int64(len(s))); err != nil {
		return nil, err
	}
	if err := r.space(); err != nil {
		return nil, err
	}
	if r.rest == "" {
		return value.NewNull(), nil
	}
	v, err := r.value(0)
	if err != nil {
		return nil, err
	}
	if err := r.space(); err != nil {
		return nil, err
	}
	if r.rest != "" {
		return nil, r.bad("the end of the text")
	}
	return v, nil
}

type jsonReader struct {
	rest   string
	budget *Budget
}

func (r *jsonReader) bad(want string) error { return fmt.Errorf("%w: expected %s", errJSON, want) }

// space passes white space and comments.
func (r *jsonReader) space() error {
	for {
		r.rest = strings.TrimLeftFunc(r.rest, unicode.IsSpace)
		switch {
		case strings.HasPrefix(r.rest, "//"):
			end := strings.IndexAny(r.rest, "\r\n")
			if end < 0 {
				end = len(r.rest)
			}
			r.rest = r.rest[end:]
		case strings.HasPrefix(r.rest, "/*"):
			end := strings.Index(r.rest[2:], "*/")
			if end < 0 {
				return r.bad("the end of the comment")
			}
			r.rest = r.rest[end+4:]
		default:
			return nil
		}
	}
}

func (r *jsonReader) value(depth int) (*value.Value, error) {
	if depth > maxJSONDepth {
		return nil, fmt.Errorf("%w: JSON is nested deeper than %d", ErrLimit, maxJSONDepth)
	}
	if err := r.budget.Items(1); err != nil {
		return nil, err
	}
	if r.rest == "" {
		return nil, r.bad("a value")
	}
	switch r.rest[0] {
	case '{':
		return r.object(depth)
	case '[':
		return r.array(depth)
	case '"', '\'':
		s, err := r.string()
		if err != nil {
			return nil, err
		}
		return value.NewString(s), nil
	}
	return r.word()
}

func (r *jsonReader) array(depth int) (*value.Value, error) {
	r.rest = r.rest[1:]
	var items []*value.Value
	for {
		if err := r.space(); err != nil {
			return nil, err
		}
		if rest, ok := strings.CutPrefix(r.rest, "]"); ok {
			r.rest = rest
			return value.NewArray(items), r.budget.Items(int64(len(items)))
		}
		item, err := r.value(depth + 1)
		if err != nil {
			return nil, err
		}
		items = append(items, item)
		if err := r.separator(']'); err != nil {
			return nil, err
		}
	}
}

func (r *jsonReader) object(depth int) (*value.Value, error) {
	r.rest = r.rest[1:]
	var members []value.Member
	at := map[string]int{}
	for {
		if err := r.space(); err != nil {
			return nil, err
		}
		if rest, ok := strings.CutPrefix(r.rest, "}"); ok {
			r.rest = rest
			return value.NewObject(members), r.budget.Items(int64(len(members)))
		}
		name, err := r.name()
		if err != nil {
			return nil, err
		}
		v, err := r.value(depth + 1)
		if err != nil {
			return nil, err
		}
		if i, ok := at[name]; ok {
			members[i].Value = v
		} else {
			at[name] = len(members)
			members = append(members, value.Member{Name: name, Value: v})
		}
		if err := r.separator('}'); err != nil {
			return nil, err
		}
	}
}

// separator reads a comma, or leaves the closing character for the caller.
func (r *jsonReader) separator(closing byte) error {
	if err := r.space(); err != nil {
		return err
	}
	if r.rest == "" || r.rest[0] != ',' && r.rest[0] != closing {
		return r.bad("',' or '" + string(closing) + "'")
	}
	r.rest = strings.TrimPrefix(r.rest, ",")
	return nil
}

// name reads the name of a member, with or without quotes, and the colon.
func (r *jsonReader) name() (string, error) {
	var name string
	if r.rest != "" && (r.rest[0] == '"' || r.rest[0] == '\'') {
		s, err := r.string()
		if err != nil {
			return "", err
		}
		name = s
	} else {
		end := strings.IndexFunc(r.rest, func(c rune) bool { return !isWord(c) })
		if end <= 0 {
			return "", r.bad("a name")
		}
		name, r.rest = r.rest[:end], r.rest[end:]
	}
	if err := r.space(); err != nil {
		return "", err
	}
	rest, ok := strings.CutPrefix(r.rest, ":")
	if !ok {
		return "", r.bad("':'")
	}
	r.rest = rest
	return name, r.space()
}

func isWord(c rune) bool { return c == '_' || c == '$' || unicode.IsLetter(c) || unicode.IsDigit(c) }

var jsonWords = map[string]*value.Value{
	"null": value.NewNull(), "undefined": value.NewNull(),
	"true": value.NewBool(true), "false": value.NewBool(false),
	"NaN": value.NewFloat(math.NaN(), ""), "Infinity": value.NewFloat(math.Inf(1), ""),
	"-Infinity": value.NewFloat(math.Inf(-1), ""),
}

// word reads a number or one of the words.
func (r *jsonReader) word() (*value.Value, error) {
	end := strings.IndexFunc(r.rest, func(c rune) bool { return !isWord(c) && c != '-' && c != '+' && c != '.' })
	if end < 0 {
		end = len(r.rest)
	}
	word := r.rest[:end]
	r.rest = r.rest[end:]
	if v, ok := jsonWords[word]; ok {
		return v, nil
	}
	if word == "" || len(word) > 400 || !isDigit(strings.TrimPrefix(word, "-")) {
		return nil, r.bad("a value")
	}
	if hex, ok := strings.CutPrefix(strings.ToLower(word), "0x"); ok {
		if n, err := strconv.ParseInt(hex, 16, 64); err == nil {
			return value.NewInt(n), nil
		}
		return nil, r.bad("a number")
	}
	if _, err := strconv.ParseFloat(word, 64); err != nil && !errors.Is(err, strconv.ErrRange) || strings.ContainsAny(word, "_xXpP") {
		return nil, r.bad("a number")
	}
	return value.NewNumber(word), nil
}

// isDigit says whether a word begins like a number.
func isDigit(word string) bool {
	word = strings.TrimPrefix(word, ".")
	return word != "" && word[0] >= '0' && word[0] <= '9'
}

// string reads a string in either kind of quotes; raw line breaks may stand in
// it.
func (r *jsonReader) string() (string, error) {
	quote := r.rest[0]
	r.rest = r.rest[1:]
	var text strings.Builder
	for {
		at := strings.IndexAny(r.rest, string(quote)+`\`)
		if at < 0 {
			return "", r.bad("the end of the string")
		}
		text.WriteString(r.rest[:at])
		found := r.rest[at]
		r.rest = r.rest[at+1:]
		if found == quote {
			return text.String(), nil
		}
		if err := r.escape(&text); err != nil {
			return "", err
		}
	}
}

var jsonEscapes = map[byte]string{
	'b': "\b", 'f': "\f", 'n': "\n", 'r': "\r", 't': "\t",
	'"': `"`, '\'': "'", '\\': `\`, '/': "/",
}

// escape reads what follows a backslash. Two halves of a surrogate pair make
// one character.
func (r *jsonReader) escape(text *strings.Builder) error {
	if r.rest == "" {
		return r.bad("an escape")
	}
	if plain, ok := jsonEscapes[r.rest[0]]; ok {
		text.WriteString(plain)
		r.rest = r.rest[1:]
		return nil
	}
	high, ok := r.unit("u")
	if !ok {
		return r.bad("an escape")
	}
	if high >= 0xd800 && high < 0xdc00 {
		before := r.rest
		if low, ok := r.unit(`\u`); ok && low >= 0xdc00 && low < 0xe000 {
			text.WriteRune((high-0xd800)<<10 + (low - 0xdc00) + 0x10000)
			return nil
		}
		r.rest = before
	}
	if !utf8.ValidRune(high) {
		high = utf8.RuneError
	}
	text.WriteRune(high)
	return nil
}

// unit reads a prefix and four hexadecimal digits.
func (r *jsonReader) unit(prefix string) (rune, bool) {
	digits, ok := strings.CutPrefix(r.rest, prefix)
	if !ok || len(digits) < 4 {
		return 0, false
	}
	n, err := strconv.ParseUint(digits[:4], 16, 16)
	if err != nil {
		return 0, false
	}
	r.rest = digits[4:]
	return rune(n), true
}
