package function

import (
	"strings"
	"time"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
)

// dateRows calculate with points in time, always in UTC.
//
// Source: https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-date
var dateRows = []row{
	{name: "dateTimeAdd", min: 2, max: 3, run: dateTimeAdd},
	{name: "dateTimeFromEpoch", min: 1, max: 1, run: dateTimeFromEpoch},
	{name: "dateTimeToEpoch", min: 1, max: 1, run: dateTimeToEpoch},
}

// isoFormat is how a point in time is written unless a format is given.
const isoFormat = "yyyy-MM-ddTHH:mm:ssZ"

// The range of .NET's DateTime.
var (
	minTime = time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)
	maxTime = time.Date(9999, 12, 31, 23, 59, 59, 999999900, time.UTC)
)

func dateTimeAdd(c *call) (*value.Value, error) {
	texts, err := c.strings(0)
	if err != nil {
		return nil, err
	}
	base, ok := parseTime(texts[0])
	if !ok {
		return nil, c.errorf("expects its first argument to be a date and time. The provided value is '%s'.", describe(c.args[0]))
	}
	d, ok := parseDuration(texts[1])
	if !ok {
		return nil, c.errorf("expects its second argument to be an ISO 8601 duration. The provided value is '%s'.", describe(c.args[1]))
	}
	sum, ok := d.addTo(base)
	if !ok {
		return nil, c.errorf("was invoked with parameters whose sum is not a date between the years 1 and 9999.")
	}
	format := isoFormat
	if len(texts) == 3 {
		format = texts[2]
	}
	text, ok := formatTime(sum, format)
	if !ok {
		return nil, c.errorf("expects its third argument to be a date and time format. The provided value is '%s'.", describe(c.args[2]))
	}
	return c.text(text)
}

func dateTimeFromEpoch(c *call) (*value.Value, error) {
	seconds, err := c.integer(0)
	if err != nil {
		return nil, err
	}
	if seconds < minTime.Unix() || seconds > maxTime.Unix() {
		return nil, c.errorf("expects its parameter to be a number of seconds between the years 1 and 9999. The provided value is '%d'.", seconds)
	}
	text, _ := formatTime(time.Unix(seconds, 0).UTC(), isoFormat)
	return c.text(text)
}

func dateTimeToEpoch(c *call) (*value.Value, error) {
	s, err := c.str(0)
	if err != nil {
		return nil, err
	}
	t, ok := parseTime(s)
	if !ok {
		return nil, c.errorf("expects its parameter to be a date and time. The provided value is '%s'.", describe(c.args[0]))
	}
	return value.NewInt(t.Unix()), nil
}

// timeLayouts are the forms of a point in time that are read, after a space
// between date and time has become a T and without zone.
var timeLayouts = []string{
	"2006-1-2T15:4:5.999999999", "2006-1-2T15:4", "2006-1-2",
	"20060102T150405", "1/2/2006T15:4:5.999999999", "1/2/2006T15:4",
	"1/2/2006T3:4:5 PM", "1/2/2006T3:4 PM", "1/2/2006",
	"2006/1/2T15:4:5.999999999", "2006/1/2T15:4", "2006/1/2",
	"Mon, 02 Jan 2006T15:04:05", "02 Jan 2006T15:04:05", "02 Jan 2006",
}

// parseTime reads a point in time in the invariant culture; without a zone it
// is UTC.
func parseTime(s string) (time.Time, bool) {
	s = strings.TrimSpace(s)
	s, zone := cutZone(s)
	if colon := strings.IndexByte(s, ':'); colon > 0 && !strings.Contains(s[:colon], "T") {
		if space := strings.LastIndexByte(s[:colon], ' '); space > 0 {
			s = strings.TrimSpace(s[:space]) + "T" + s[space+1:]
		}
	}
	for _, layout := range timeLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			t = t.Add(-zone)
			return t, !t.Before(minTime) && !t.After(maxTime)
		}
	}
	return time.Time{}, false
}

// cutZone takes Z, GMT or an offset off the end of a date and time.
func cutZone(s string) (string, time.Duration) {
	for _, utc := range []string{"Z", "z", "GMT", "UTC"} {
		if rest, ok := strings.CutSuffix(s, utc); ok {
			return strings.TrimSpace(rest), 0
		}
	}
	sign := strings.LastIndexAny(s, "+-")
	if sign < 0 || !strings.Contains(s[:sign], ":") {
		return s, 0
	}
	for _, layout := range []string{"-07:00", "-0700", "-07"} {
		if t, err := time.Parse(layout, s[sign:]); err == nil {
			_, seconds := t.Zone()
			return strings.TrimSpace(s[:sign]), time.Duration(seconds) * time.Second
		}
	}
	return s, 0
}

// duration is an ISO 8601 duration: months are counted by the calendar.
type duration struct {
	months int
	days   int
	rest   time.Duration
}

// parseDuration reads P1Y2M3W4DT5H6M7.8S with an optional sign.
func parseDuration(s string) (duration, bool) {
	var d duration
	sign := 1
	if rest, ok := strings.CutPrefix(s, "-"); ok {
		s, sign = rest, -1
	} else {
		s = strings.TrimPrefix(s, "+")
	}
	s, ok := strings.CutPrefix(s, "P")
	if !ok || s == "" {
		return d, false
	}
	date, clock, hasClock := strings.Cut(s, "T")
	if hasClock && clock == "" {
		return d, false
	}
	ok = readUnits(date, "YMWD", func(unit byte, n int, fraction float64) bool {
		switch unit {
		case 'Y':
			d.months += 12 * sign * n
		case 'M':
			d.months += sign * n
		case 'W':
			d.days += 7 * sign * n
		case 'D':
			d.days += sign * n
		}
		return fraction == 0
	})
	ok = ok && readUnits(clock, "HMS", func(unit byte, n int, fraction float64) bool {
		per := map[byte]time.Duration{'H': time.Hour, 'M': time.Minute, 'S': time.Second}[unit]
		d.rest += time.Duration(sign) * (time.Duration(n)*per + time.Duration(fraction*float64(per)))
		return unit == 'S' || fraction == 0
	})
	return d, ok
}

// readUnits reads numbers with their units, which come in the given order.
func readUnits(s, units string, put func(unit byte, n int, fraction float64) bool) bool {
	const most = 1_000_000
	for s != "" {
		n, digits, fraction := 0, 0, 0.0
		for ; digits < len(s) && s[digits] >= '0' && s[digits] <= '9'; digits++ {
			if n = n*10 + int(s[digits]-'0'); n > most {
				return false
			}
		}
		if digits == 0 {
			return false
		}
		s = s[digits:]
		if s != "" && (s[0] == '.' || s[0] == ',') {
			s = s[1:]
			for scale := 0.1; s != "" && s[0] >= '0' && s[0] <= '9'; s = s[1:] {
				fraction += float64(s[0]-'0') * scale
				scale /= 10
			}
		}
		if s == "" {
			return false
		}
		at := strings.IndexByte(units, s[0])
		if at < 0 || !put(s[0], n, fraction) {
			return false
		}
		units, s = units[at+1:], s[1:]
	}
	return true
}

// addTo adds years and months by the calendar, at the end of a shorter month
// where there is no such day, and then the rest.
func (d duration) addTo(t time.Time) (time.Time, bool) {
	first := time.Date(t.Year(), t.Month()+time.Month(d.months), 1, 0, 0, 0, 0, time.UTC)
	day := min(t.Day(), first.AddDate(0, 1, -1).Day())
	clock := t.Sub(time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC))
	sum := first.AddDate(0, 0, day-1+d.days).Add(clock).Add(d.rest)
	return sum, !sum.Before(minTime) && !sum.After(maxTime)
}
