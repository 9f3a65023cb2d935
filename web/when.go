package web

import (
	"strconv"
	"time"

	"broadsheet/views"
)

// Times as people read them, always in the site's zone, with the zone in the
// machine-readable form.

func (s *Server) today(at time.Time) views.Time {
	t := at.In(s.cfg.Zone)
	return views.Time{ISO: t.Format("2006-01-02"), Text: t.Format("Monday 2 January 2006")}
}

// moment is a full date and time: "22 November 2026, 06:30".
func (s *Server) moment(t time.Time) views.Time {
	t = t.In(s.cfg.Zone)
	return views.Time{ISO: t.Format(time.RFC3339), Text: t.Format("2 January 2006, 15:04")}
}

// day is a date alone: "22 November 2026".
func (s *Server) day(t time.Time) views.Time {
	t = t.In(s.cfg.Zone)
	return views.Time{ISO: t.Format("2006-01-02"), Text: t.Format("2 January 2006")}
}

// ago is a time as told from now: "40 minutes ago", "Yesterday", "Friday",
// "12 October", "12 October 2019".
func (s *Server) ago(t, now time.Time) views.Time {
	t, now = t.In(s.cfg.Zone), now.In(s.cfg.Zone)
	v := views.Time{ISO: t.Format(time.RFC3339)}
	days := int(midnight(now).Sub(midnight(t)).Hours()+12) / 24
	switch passed := now.Sub(t); {
	case passed < 0:
		v.Text = t.Format("2 January 2006, 15:04")
	case passed < time.Minute:
		v.Text = "Just now"
	case passed < time.Hour:
		v.Text = plural(int(passed/time.Minute), "minute") + " ago"
	case passed < 12*time.Hour:
		v.Text = plural(int(passed/time.Hour), "hour") + " ago"
	case days == 0:
		v.Text = "Today"
	case days == 1:
		v.Text = "Yesterday"
	case days < 7:
		v.Text = t.Format("Monday")
	case t.Year() == now.Year():
		v.Text = t.Format("2 January")
	default:
		v.Text = t.Format("2 January 2006")
	}
	return v
}

func midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}

// plural is a number with its noun: "1 comment", "48 comments", "1,204 comments".
func plural(n int, noun string) string {
	text := strconv.Itoa(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	if n == 1 {
		return text + " " + noun
	}
	return text + " " + noun + "s"
}
