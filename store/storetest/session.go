package storetest

import (
	"slices"
	"time"

	"broadsheet/internal/news"

	"github.com/google/go-cmp/cmp"
)

func testSession(p *paper) {
	ann, bob := p.member(), p.member()
	token := []byte("\x00\xff0123456789")
	s := news.Session{TokenHash: token, MemberID: ann.ID, CreatedAt: noon, SeenAt: noon,
		ExpiresAt: noon.Add(news.SessionLifetime), Device: "Firefox on Windows", Network: []byte{0, 0xff}, Second: true}
	p.must(p.CreateSession(p.ctx, s))
	p.wants(news.ErrConflict, p.CreateSession(p.ctx, s), "a token used twice")
	got, m, err := p.SessionMember(p.ctx, token, noon)
	p.must(err)
	if !cmp.Equal(m, ann) || string(got.TokenHash) != string(token) || got.MemberID != ann.ID || !got.CreatedAt.Equal(noon) ||
		!got.SeenAt.Equal(noon) || !got.ExpiresAt.Equal(s.ExpiresAt) || got.ID == 0 || !got.Second ||
		got.Device != s.Device || string(got.Network) != string(s.Network) {
		p.Errorf("%+v, %+v", got, m)
	}
	alive := func(at time.Time, want error) {
		p.Helper()
		_, _, err := p.SessionMember(p.ctx, token, at)
		p.wants(want, err, "session at "+at.String())
	}
	tick := time.Microsecond
	alive(noon.Add(news.SessionIdle), nil)
	alive(noon.Add(news.SessionIdle+tick), news.ErrNotFound)
	p.must(p.TouchSession(p.ctx, token, noon.Add(news.SessionIdle)))
	alive(noon.Add(news.SessionIdle+tick), nil)
	p.must(p.TouchSession(p.ctx, token, noon)) // a slow request does not turn the clock back
	alive(noon.Add(news.SessionIdle+tick), nil)
	p.must(p.TouchSession(p.ctx, token, noon.Add(2*news.SessionIdle)))
	alive(s.ExpiresAt.Add(-tick), nil)
	alive(s.ExpiresAt, news.ErrNotFound)
	p.must(p.TouchSession(p.ctx, []byte("unknown"), noon))
	_, _, err = p.SessionMember(p.ctx, []byte("unknown"), noon)
	p.wants(news.ErrNotFound, err, "unknown session")

	p.must(p.DeleteSession(p.ctx, token))
	alive(noon, news.ErrNotFound)
	p.must(p.DeleteSession(p.ctx, token)) // ended already

	for i, seen := range []time.Duration{0, -news.SessionIdle, -news.SessionIdle - tick, 0} {
		expires := noon.Add(time.Hour)
		if i == 3 {
			expires = noon
		}
		p.must(p.CreateSession(p.ctx, news.Session{TokenHash: []byte{byte(i), 'a'}, MemberID: ann.ID,
			CreatedAt: noon, SeenAt: noon.Add(seen), ExpiresAt: expires}))
	}
	p.must(p.CreateSession(p.ctx, news.Session{TokenHash: []byte("b"), MemberID: bob.ID, CreatedAt: noon,
		SeenAt: noon, ExpiresAt: noon.Add(time.Hour)}))
	if n, err := p.SweepSessions(p.ctx, noon); err != nil || n != 2 {
		p.Errorf("swept %d, %v; want 2", n, err)
	}
	if n, err := p.DeleteSessionsOf(p.ctx, ann.ID); err != nil || n != 2 {
		p.Errorf("ended %d, %v; want 2", n, err)
	}
	if _, m, err := p.SessionMember(p.ctx, []byte("b"), noon); err != nil || m.ID != bob.ID {
		p.Errorf("another member's session: %v", err)
	}
}

// session makes a log-in of a member at an instant and returns its token.
func (p *paper) session(m news.Member, at time.Time, change ...func(s *news.Session)) []byte {
	p.Helper()
	s := news.Session{TokenHash: []byte(p.name("session")), MemberID: m.ID, CreatedAt: at, SeenAt: at,
		ExpiresAt: at.Add(news.SessionLifetime)}
	for _, f := range change {
		f(&s)
	}
	p.must(p.CreateSession(p.ctx, s))
	return s.TokenHash
}

// sessions returns how many sessions a member has.
func (p *paper) sessions(m news.Member) int {
	p.Helper()
	all, err := p.Sessions(p.ctx, m.ID, noon)
	p.must(err)
	return len(all)
}

// testSessionStaff wants the newsroom's sessions to be short, by the role of
// this moment, in every way of looking at them.
func testSessionStaff(p *paper) {
	const tick = time.Microsecond
	for _, r := range news.Roles {
		m := p.member(role(r))
		staff := r.Staff()
		for _, test := range []struct {
			what       string
			made, seen time.Duration
			want       bool
		}{
			{"fresh", 0, 0, true},
			{"used an hour ago", news.StaffSessionIdle, news.StaffSessionIdle, true},
			{"used longer ago", news.StaffSessionIdle, news.StaffSessionIdle + tick, !staff},
			{"made less than twelve hours ago", news.StaffSessionLifetime - tick, 0, true},
			{"made twelve hours ago", news.StaffSessionLifetime, 0, !staff},
			{"used two weeks ago", news.SessionIdle, news.SessionIdle, !staff},
			{"used longer than two weeks ago", news.SessionIdle, news.SessionIdle + tick, false},
		} {
			token := p.session(m, ago(test.made), func(s *news.Session) { s.SeenAt = ago(test.seen) })
			_, _, err := p.SessionMember(p.ctx, token, noon)
			if (err == nil) != test.want {
				p.Errorf("%s, %s: %v", r, test.what, err)
			}
			if n := p.sessions(m); (n == 1) != test.want {
				p.Errorf("%s, %s: %d in the list", r, test.what, n)
			}
			if n, err := p.SweepSessions(p.ctx, noon); err != nil || (n == 0) != test.want {
				p.Errorf("%s, %s: swept %d, %v", r, test.what, n, err)
			}
			p.must(p.DeleteSession(p.ctx, token))
		}
	}
}

func testSessionList(p *paper) {
	ann, bob := p.member(), p.member()
	old := p.session(ann, ago(time.Hour))
	used := p.session(ann, ago(2*time.Hour), func(s *news.Session) {
		s.SeenAt, s.Device, s.Network, s.Second = noon, "Safari on iPhone", []byte("net"), true
	})
	p.session(ann, ago(news.SessionLifetime))
	his := p.session(bob, ago(time.Hour))

	list, err := p.Sessions(p.ctx, ann.ID, noon)
	p.must(err)
	if len(list) != 2 || !slices.Equal(list[0].TokenHash, used) || !slices.Equal(list[1].TokenHash, old) {
		p.Fatalf("%+v", list)
	}
	want, _, err := p.SessionMember(p.ctx, used, noon)
	p.must(err)
	if diff := cmp.Diff(want, list[0]); diff != "" || want.Device != "Safari on iPhone" || !want.Second {
		p.Errorf("in the list (+), alone (-):\n%s", diff)
	}
	if list, err := p.Sessions(p.ctx, 1<<40, noon); err != nil || len(list) != 0 {
		p.Errorf("nobody's: %+v, %v", list, err)
	}

	p.wants(news.ErrNotFound, p.DeleteSessionByID(p.ctx, bob.ID, list[0].ID), "another's session")
	p.must(p.DeleteSessionByID(p.ctx, ann.ID, list[0].ID))
	p.wants(news.ErrNotFound, p.DeleteSessionByID(p.ctx, ann.ID, list[0].ID), "ended session")
	_, _, err = p.SessionMember(p.ctx, used, noon)
	p.wants(news.ErrNotFound, err, "ended session")

	p.session(ann, noon)
	p.session(ann, noon)
	if n, err := p.DeleteOtherSessions(p.ctx, ann.ID, old); err != nil || n != 3 { // the long dead one too
		p.Errorf("ended %d, %v; want 3", n, err)
	}
	_, _, err = p.SessionMember(p.ctx, old, noon)
	p.must(err)
	if n, err := p.DeleteOtherSessions(p.ctx, ann.ID, nil); err != nil || n != 1 {
		p.Errorf("ended %d, %v; want 1", n, err)
	}
	_, _, err = p.SessionMember(p.ctx, his, noon)
	p.must(err)
}
