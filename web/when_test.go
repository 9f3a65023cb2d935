package web

import (
	"testing"
	"time"
)

func TestAgo(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{cfg: Config{Zone: zone}}
	now := time.Date(2026, 3, 30, 1, 30, 0, 0, zone) // the night after the clocks went forward
	for _, c := range []struct {
		at   time.Time
		want string
	}{
		{now, "Just now"},
		{now.Add(-59 * time.Second), "Just now"},
		{now.Add(-time.Minute), "1 minute ago"},
		{now.Add(-59 * time.Minute), "59 minutes ago"},
		{now.Add(-11 * time.Hour), "11 hours ago"},
		{now.Add(-13 * time.Hour), "Yesterday"},
		{now.Add(-25*time.Hour - 31*time.Minute), "Saturday"},
		{now.AddDate(0, 0, -1), "Yesterday"},
		{now.AddDate(0, 0, -6), "Tuesday"},
		{now.AddDate(0, 0, -7), "23 March"},
		{now.AddDate(-1, 0, 0), "30 March 2025"},
		{now.Add(time.Hour), "30 March 2026, 02:30"},
	} {
		got := s.ago(c.at, now)
		if got.Text != c.want {
			t.Errorf("%v: %q, want %q", c.at, got.Text, c.want)
		}
		if parsed, err := time.Parse(time.RFC3339, got.ISO); err != nil || !parsed.Equal(c.at.Truncate(time.Second)) {
			t.Errorf("%v: machine time %q (%v)", c.at, got.ISO, err)
		}
	}
}
