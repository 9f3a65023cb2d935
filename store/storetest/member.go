package storetest

import (
	"errors"
	"sync/atomic"
	"time"

	"broadsheet/internal/news"
)

func testMember(p *paper) {
	ann := news.Member{Email: "Ann@Example.org", EmailKey: "ann@example.org", Name: "Ann Lee", NameKey: "ann lee",
		Handle: "ann-lee", PasswordHash: "$argon2id$", Role: news.RoleEditor, CreatedAt: noon}
	p.must(p.CreateMember(p.ctx, &ann))
	byEmail, err1 := p.MemberByEmail(p.ctx, "ann@example.org")
	byID, err2 := p.MemberByID(p.ctx, ann.ID)
	byHandle, err3 := p.MemberByHandle(p.ctx, "ann-lee")
	p.must(errors.Join(err1, err2, err3))
	for _, got := range []news.Member{byEmail, byID, byHandle} {
		if got != ann || ann.ID == 0 {
			p.Errorf("read %+v, wrote %+v", got, ann)
		}
	}
	_, err1 = p.MemberByEmail(p.ctx, "Ann@Example.org") // a key is compared, not an address
	_, err2 = p.MemberByID(p.ctx, ann.ID+1)
	_, err3 = p.MemberByHandle(p.ctx, "ann")
	for _, err := range []error{err1, err2, err3} {
		p.wants(news.ErrNotFound, err, "unknown member")
	}

	for field, change := range map[string]func(*news.Member){
		"email": func(m *news.Member) { m.EmailKey = ann.EmailKey },
		"name":  func(m *news.Member) { m.NameKey = ann.NameKey },
	} {
		m := news.Member{EmailKey: "x", NameKey: "x", Handle: "x", Role: news.RoleMember, CreatedAt: noon}
		change(&m)
		err := p.CreateMember(p.ctx, &m)
		var taken *news.TakenError
		if !errors.As(err, &taken) || taken.Field != field || !errors.Is(err, news.ErrConflict) || m.ID != 0 {
			p.Errorf("%s taken: %v", field, err)
		}
	}
	for _, want := range []string{"ann-lee-2", "ann-lee-3"} {
		m := news.Member{EmailKey: want, NameKey: want, Handle: "ann-lee", Role: news.RoleMember, CreatedAt: noon}
		p.must(p.CreateMember(p.ctx, &m))
		if got, err := p.MemberByHandle(p.ctx, want); err != nil || got.ID != m.ID || m.Handle != want {
			p.Errorf("handle %q, %v; want %q", m.Handle, err, want)
		}
	}
	bad := news.Member{EmailKey: "y", NameKey: "y", Handle: "y", Role: "king", CreatedAt: noon}
	if err := p.CreateMember(p.ctx, &bad); err == nil {
		p.Error("stored an unknown role")
	}

	p.must(p.SetPassword(p.ctx, ann.ID, "new"))
	if got, err := p.MemberByID(p.ctx, ann.ID); err != nil || got.PasswordHash != "new" {
		p.Errorf("password %q, %v", got.PasswordHash, err)
	}
	p.wants(news.ErrNotFound, p.SetPassword(p.ctx, ann.ID+999, "new"), "password of nobody")
}

// testMemberRace has fifty sign-ups with one address, then with one handle, at
// once.
func testMemberRace(p *paper) {
	var made, taken atomic.Int32
	parallel(p.T, 50, func(i int) {
		name := string(rune('a' + i))
		m := news.Member{EmailKey: "one@example.org", NameKey: name, Handle: name, Role: news.RoleMember, CreatedAt: noon}
		var field *news.TakenError
		switch err := p.CreateMember(p.ctx, &m); {
		case err == nil:
			made.Add(1)
		case errors.As(err, &field) && field.Field == "email":
			taken.Add(1)
		default:
			p.Error(err)
		}
	})
	if made.Load() != 1 || taken.Load() != 49 {
		p.Errorf("%d accounts, %d refusals", made.Load(), taken.Load())
	}
	handles := make(chan string, 20)
	parallel(p.T, 20, func(i int) {
		name := "h" + string(rune('a'+i))
		m := news.Member{EmailKey: name, NameKey: name, Handle: "same", Role: news.RoleMember, CreatedAt: noon}
		if err := p.CreateMember(p.ctx, &m); err != nil {
			p.Error(err)
		}
		handles <- m.Handle
	})
	close(handles)
	seen := make(map[string]bool)
	for handle := range handles {
		seen[handle] = true
	}
	if len(seen) != 20 {
		p.Errorf("20 members share %d handles", len(seen))
	}
}

func testSession(p *paper) {
	ann, bob := p.member(), p.member()
	token := []byte("\x00\xff0123456789")
	s := news.Session{TokenHash: token, MemberID: ann.ID, CreatedAt: noon, SeenAt: noon,
		ExpiresAt: noon.Add(news.SessionLifetime)}
	p.must(p.CreateSession(p.ctx, s))
	p.wants(news.ErrConflict, p.CreateSession(p.ctx, s), "a token used twice")
	got, m, err := p.SessionMember(p.ctx, token, noon)
	p.must(err)
	if m != ann || string(got.TokenHash) != string(token) || got.MemberID != ann.ID || !got.CreatedAt.Equal(noon) ||
		!got.SeenAt.Equal(noon) || !got.ExpiresAt.Equal(s.ExpiresAt) {
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
