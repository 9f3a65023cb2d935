package intake

import (
	"fmt"
	"regexp"
	"strings"
	"time"
)

// zoned and local are the date forms that archives hold. Go's parser takes
// hours with one digit for "15" as well.
var (
	zoned = []string{
		time.RFC3339Nano, "2006-1-2T15:04:05Z0700", "2006-1-2T15:04Z07:00", "2006-1-2T15:04Z0700",
		"2006-1-2 15:04:05 -0700", "2006-1-2 15:04:05 -07:00", "2006-1-2 15:04:05Z07:00", "2006-1-2 15:04:05Z0700",
		"2006-1-2 15:04 -0700", "2006-1-2 15:04 -07:00", "2006-1-2 15:04:05 -0700 MST",
		time.RFC1123Z, time.RFC1123,
	}
	local = []string{
		"2006-1-2", "2006-1-2 15:04:05", "2006-1-2T15:04:05", "2006-1-2 15:04", "2006-1-2T15:04",
		"2006/1/2", "2006/1/2 15:04:05", "20060102", "January 2, 2006", "Jan 2, 2006", "2 January 2006", "2 Jan 2006",
	}
)

// parseDate reads a date of front matter; one without an offset is in the
// zone. Years that no newspaper has are taken for mistakes.
func parseDate(v any, zone *time.Location) (time.Time, bool) {
	if at, ok := v.(time.Time); ok {
		// The TOML decoder marks times without an offset by their zone's name.
		if strings.HasSuffix(at.Location().String(), "-local") {
			at = time.Date(at.Year(), at.Month(), at.Day(), at.Hour(), at.Minute(), at.Second(), at.Nanosecond(), zone)
		}
		return at, plausible(at)
	}
	if v == nil {
		return time.Time{}, false
	}
	s := strings.Trim(strings.TrimSpace(fmt.Sprint(v)), `"'`)
	if len(s) > 64 {
		return time.Time{}, false
	}
	s = strings.Join(strings.Fields(s), " ")
	for _, layout := range zoned {
		if at, err := time.Parse(layout, s); err == nil {
			return at, plausible(at)
		}
	}
	for _, layout := range local {
		if at, err := time.ParseInLocation(layout, s, zone); err == nil {
			return at, plausible(at)
		}
	}
	return time.Time{}, false
}

func plausible(at time.Time) bool { return at.Year() > 1500 && at.Year() < 2500 }

var datePrefix = regexp.MustCompile(`^(\d{4})-(\d{1,2})-(\d{1,2})(?:[-_ ]+|$)`)

// nameDate splits the date off a file name such as 2024-03-01-flood.
func nameDate(name string, zone *time.Location) (at time.Time, rest string, ok bool) {
	m := datePrefix.FindString(name)
	if m == "" {
		return time.Time{}, name, false
	}
	at, ok = parseDate(strings.TrimRight(m, "-_ "), zone)
	if !ok {
		return time.Time{}, name, false
	}
	return at, name[len(m):], true
}
