package function

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// standardTimes are .NET's standard date and time formats in the invariant
// culture, for times in UTC.
//
// Source: https://learn.microsoft.com/dotnet/standard/base-types/standard-date-and-time-format-strings
var standardTimes = map[byte]string{
	'd': "MM/dd/yyyy",
	'D': "dddd, dd MMMM yyyy",
	'f': "dddd, dd MMMM yyyy HH:mm",
	'F': "dddd, dd MMMM yyyy HH:mm:ss",
	'g': "MM/dd/yyyy HH:mm",
	'G': "MM/dd/yyyy HH:mm:ss",
	'm': "MMMM dd", 'M': "MMMM dd",
	'o': "yyyy-MM-ddTHH:mm:ss.fffffffK", 'O': "yyyy-MM-ddTHH:mm:ss.fffffffK",
	'r': "ddd, dd MMM yyyy HH:mm:ss 'GMT'", 'R': "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
	's': "yyyy-MM-ddTHH:mm:ss",
	't': "HH:mm",
	'T': "HH:mm:ss",
	'u': "yyyy-MM-dd HH:mm:ss'Z'",
	'U': "dddd, dd MMMM yyyy HH:mm:ss",
	'y': "yyyy MMMM", 'Y': "yyyy MMMM",
}

// formatTime writes a time in UTC with a standard or custom format of .NET; ok
// is false for a format that .NET refuses.
func formatTime(t time.Time, format string) (text string, ok bool) {
	switch {
	case format == "":
		format = standardTimes['G']
	case len(format) == 1:
		if format, ok = standardTimes[format[0]]; !ok {
			return "", false
		}
	case len(format) == 2 && format[0] == '%':
		format = format[1:]
	}
	var out strings.Builder
	for format != "" {
		width := 0
		text, width, ok = timeToken(t, format)
		if !ok {
			return "", false
		}
		if dropsPoint := text == "" && format[0] == 'F'; dropsPoint && strings.HasSuffix(out.String(), ".") {
			trimmed := strings.TrimSuffix(out.String(), ".")
			out.Reset()
			out.WriteString(trimmed)
		}
		out.WriteString(text)
		format = format[width:]
	}
	return out.String(), true
}

// timeToken writes what the format begins with and says how long that is.
func timeToken(t time.Time, format string) (text string, width int, ok bool) {
	c := format[0]
	switch c {
	case '\'', '"':
		end := strings.IndexByte(format[1:], c)
		if end < 0 {
			return "", 0, false
		}
		return format[1 : 1+end], end + 2, true
	case '\\':
		if len(format) < 2 {
			return "", 0, false
		}
		_, size := utf8.DecodeRuneInString(format[1:])
		return format[1 : 1+size], 1 + size, true
	case '%':
		return "", 1, len(format) > 1 && format[1] != '%'
	}
	width = len(format) - len(strings.TrimLeft(format, string(c)))
	if field, known := timeFields[c]; known {
		text, ok = field(t, width)
		return text, width, ok
	}
	_, size := utf8.DecodeRuneInString(format)
	return format[:size], size, true
}

// timeFields write the fields of a custom format, each by the number of times
// that its letter is repeated.
var timeFields = map[byte]func(t time.Time, width int) (string, bool){
	'y': func(t time.Time, width int) (string, bool) {
		if width <= 2 {
			return number(t.Year()%100, width), true
		}
		return number(t.Year(), width), true
	},
	'M': func(t time.Time, width int) (string, bool) {
		return named(int(t.Month()), t.Month().String(), width), true
	},
	'd': func(t time.Time, width int) (string, bool) {
		return named(t.Day(), t.Weekday().String(), width), true
	},
	'h': func(t time.Time, width int) (string, bool) { return number((t.Hour()+11)%12+1, min(width, 2)), true },
	'H': func(t time.Time, width int) (string, bool) { return number(t.Hour(), min(width, 2)), true },
	'm': func(t time.Time, width int) (string, bool) { return number(t.Minute(), min(width, 2)), true },
	's': func(t time.Time, width int) (string, bool) { return number(t.Second(), min(width, 2)), true },
	'f': func(t time.Time, width int) (string, bool) { return fraction(t, width) },
	'F': func(t time.Time, width int) (string, bool) {
		text, ok := fraction(t, width)
		return strings.TrimRight(text, "0"), ok
	},
	't': func(t time.Time, width int) (string, bool) {
		return t.Format("PM")[:min(width, 2)], true
	},
	'z': func(_ time.Time, width int) (string, bool) {
		return [...]string{"+0", "+00", "+00:00"}[min(width, 3)-1], true
	},
	'K': func(_ time.Time, width int) (string, bool) { return strings.Repeat("Z", width), true },
	'g': func(time.Time, int) (string, bool) { return "A.D.", true },
	':': func(_ time.Time, width int) (string, bool) { return strings.Repeat(":", width), true },
	'/': func(_ time.Time, width int) (string, bool) { return strings.Repeat("/", width), true },
}

// number writes a number with at least so many digits.
func number(n, width int) string { return fmt.Sprintf("%0*d", min(width, 60), n) }

// named writes a number, or from three letters on the short or full name.
func named(n int, name string, width int) string {
	switch {
	case width <= 2:
		return number(n, width)
	case width == 3:
		return name[:3]
	}
	return name
}

// fraction writes the first digits of the second's fraction, at most 7.
func fraction(t time.Time, width int) (string, bool) {
	if width > 7 {
		return "", false
	}
	return fmt.Sprintf("%09d", t.Nanosecond())[:width], true
}
