package storetest

import (
	"errors"
	"sync/atomic"
	"time"

	"broadsheet/internal/news"

	"github.com/google/go-cmp/cmp"
)

// record returns what was done to a member, without numbers.
func (p *paper) record(m news.Member) []news.Act {
	p.Helper()
	acts, err := p.Acts(p.ctx, m.ID)
	p.must(err)
	for i := range acts {
		acts[i].ID = 0
	}
	return acts
}

func (p *paper) administrators() int {
	p.Helper()
	n, err := p.Administrators(p.ctx)
	p.must(err)
	return n
}

func testRole(p *paper) {
	if n := p.administrators(); n != 0 {
		p.Errorf("%d administrators", n)
	}
	boss, m, other := p.member(role(news.RoleAdministrator)), p.member(), p.member()
	token, others := p.session(m, noon), p.session(other, noon)
	act := news.Act{At: noon, ActorID: &boss.ID, SubjectID: other.ID, Kind: "x", Before: "x", After: "x", Reason: "Hired"}
	p.must(p.SetRole(p.ctx, m.ID, news.RoleEditor, act))
	if got := p.reread(m); got.Role != news.RoleEditor {
		p.Errorf("role %q", got.Role)
	}
	_, _, err := p.SessionMember(p.ctx, token, noon)
	p.wants(news.ErrNotFound, err, "session with the old role")
	_, _, err = p.SessionMember(p.ctx, others, noon)
	p.must(err)
	want := []news.Act{{At: noon, ActorID: &boss.ID, SubjectID: m.ID, Kind: "role", Before: "member", After: "editor", Reason: "Hired"}}
	if diff := cmp.Diff(want, p.record(m)); diff != "" {
		p.Errorf("recorded (+), want (-):\n%s", diff)
	}

	token = p.session(m, noon)
	p.must(p.SetRole(p.ctx, m.ID, news.RoleEditor, act)) // is so already
	if _, _, err := p.SessionMember(p.ctx, token, noon); err != nil || len(p.record(m)) != 1 {
		p.Errorf("the same role again: %v, %d acts", err, len(p.record(m)))
	}
	p.wants(news.ErrNotFound, p.SetRole(p.ctx, 1<<40, news.RoleEditor, act), "role of nobody")
	if err := p.SetRole(p.ctx, m.ID, "king", act); err == nil || p.reread(m).Role != news.RoleEditor || p.sessions(m) != 1 {
		p.Errorf("an unknown role: %v", err)
	}

	// The last administrator stays, whichever way they might go.
	ways := map[string]func() error{
		"role":         func() error { return p.SetRole(p.ctx, boss.ID, news.RoleEditor, act) },
		"suspension":   func() error { return p.Suspend(p.ctx, boss.ID, news.Forever, "", act) },
		"wish to go":   func() error { return p.AskDeletion(p.ctx, boss.ID, noon, false) },
		"deletion now": func() error { return p.DeleteMember(p.ctx, boss.ID) },
	}
	refused := func(why string) {
		p.Helper()
		for way, f := range ways {
			p.wants(news.ErrConflict, f(), way+", "+why)
		}
		if diff := cmp.Diff(boss, p.reread(boss)); diff != "" || len(p.record(boss)) != 0 {
			p.Errorf("%s: changed all the same:\n%s", why, diff)
		}
	}
	refused("the only administrator")
	second := p.member(role(news.RoleAdministrator))
	p.must(p.Suspend(p.ctx, second.ID, news.Forever, "Away", act))
	refused("the other is suspended")
	p.must(p.Unsuspend(p.ctx, second.ID, act))
	p.must(p.AskDeletion(p.ctx, second.ID, noon, false))
	refused("the other is leaving")
	p.must(p.KeepMember(p.ctx, second.ID))
	p.must(p.SetRole(p.ctx, boss.ID, news.RoleMember, act))
	if n := p.administrators(); n != 1 {
		p.Errorf("%d administrators", n)
	}
	p.must(p.SetRole(p.ctx, boss.ID, news.RoleAdministrator, act))
	p.must(p.DeleteMember(p.ctx, second.ID))
	if n := p.administrators(); n != 1 {
		p.Errorf("%d administrators", n)
	}
}

// testRoleRace has two administrators remove each other, in different ways.
func testRoleRace(p *paper) {
	stays := p.member(role(news.RoleAdministrator))
	for round := range 12 {
		pair := [2]news.Member{stays, p.member(role(news.RoleAdministrator))}
		var passed atomic.Int32
		parallel(p.T, 2, func(i int) {
			other := pair[1-i].ID
			var err error
			switch (round + round/4*i) % 4 {
			case 0:
				err = p.SetRole(p.ctx, other, news.RoleMember, news.Act{At: noon})
			case 1:
				err = p.DeleteMember(p.ctx, other)
			case 2:
				err = p.AskDeletion(p.ctx, other, noon, false)
			case 3:
				err = p.Suspend(p.ctx, other, news.Forever, "", news.Act{At: noon})
			}
			switch {
			case err == nil:
				stays = pair[i]
				passed.Add(1)
			case !errors.Is(err, news.ErrConflict):
				p.Error(err)
			}
		})
		if passed.Load() != 1 {
			p.Fatalf("round %d: %d of two removals passed", round, passed.Load())
		}
		for _, m := range pair {
			if m.ID == stays.ID {
				continue
			}
			err := p.SetRole(p.ctx, m.ID, news.RoleMember, news.Act{At: noon})
			if err != nil && !errors.Is(err, news.ErrNotFound) {
				p.Fatal(err)
			}
		}
		if n := p.administrators(); n != 1 {
			p.Fatalf("round %d: %d administrators left", round, n)
		}
	}
}

func testSuspension(p *paper) {
	boss, m := p.member(), p.member()
	p.session(m, noon)
	until := noon.Add(24 * time.Hour)
	act := news.Act{At: noon, ActorID: &boss.ID}
	p.must(p.Suspend(p.ctx, m.ID, until, "Rude", act))
	got := p.reread(m)
	if got.SuspendedUntil == nil || !got.SuspendedUntil.Equal(until) || got.SuspendedReason != "Rude" ||
		!got.Suspended(noon) || got.Suspended(until) || p.sessions(m) != 1 {
		p.Errorf("%+v, %d sessions", got, p.sessions(m))
	}
	p.must(p.Suspend(p.ctx, m.ID, news.Forever, "Ruder", act))
	if got := p.reread(m); !got.SuspendedUntil.Equal(news.Forever) {
		p.Errorf("banned until %v", got.SuspendedUntil)
	}
	p.must(p.Unsuspend(p.ctx, m.ID, news.Act{At: noon, ActorID: &boss.ID, Reason: "Sorry"}))
	if diff := cmp.Diff(m, p.reread(m)); diff != "" {
		p.Errorf("after the suspension:\n%s", diff)
	}
	p.must(p.Unsuspend(p.ctx, m.ID, act)) // is so already
	day, ever := until.Format(time.RFC3339), "9999-01-01T00:00:00Z"
	want := []news.Act{
		{At: noon, ActorID: &boss.ID, SubjectID: m.ID, Kind: "unsuspend", Before: ever, Reason: "Sorry"},
		{At: noon, ActorID: &boss.ID, SubjectID: m.ID, Kind: "suspend", Before: day, After: ever, Reason: "Ruder"},
		{At: noon, ActorID: &boss.ID, SubjectID: m.ID, Kind: "suspend", After: day, Reason: "Rude"},
	}
	if diff := cmp.Diff(want, p.record(m)); diff != "" {
		p.Errorf("recorded (+), want (-):\n%s", diff)
	}
	p.wants(news.ErrNotFound, p.Suspend(p.ctx, 1<<40, until, "", act), "suspension of nobody")
	p.wants(news.ErrNotFound, p.Unsuspend(p.ctx, 1<<40, act), "end of nobody's suspension")
}

func testAct(p *paper) {
	m, other := p.member(), p.member()
	p.session(m, noon)
	p.session(m, noon)
	p.session(other, noon)
	n, err := p.EndSessions(p.ctx, m.ID, news.Act{At: noon, Reason: "Lost telephone"})
	if err != nil || n != 2 || p.sessions(m) != 0 || p.sessions(other) != 1 {
		p.Errorf("ended %d, %v", n, err)
	}
	_, err = p.EndSessions(p.ctx, 1<<40, news.Act{At: noon})
	p.wants(news.ErrNotFound, err, "sessions of nobody")
	p.must(p.RecordAct(p.ctx, news.Act{At: ago(time.Hour), SubjectID: m.ID, Kind: "created"}))
	p.must(p.RecordAct(p.ctx, news.Act{At: ago(-time.Hour), SubjectID: m.ID, Kind: "password"}))
	want := []news.Act{
		{At: ago(-time.Hour), SubjectID: m.ID, Kind: "password"},
		{At: noon, SubjectID: m.ID, Kind: "end-sessions", Before: "2", After: "0", Reason: "Lost telephone"},
		{At: ago(time.Hour), SubjectID: m.ID, Kind: "created"},
	}
	if diff := cmp.Diff(want, p.record(m)); diff != "" {
		p.Errorf("recorded (+), want (-):\n%s", diff)
	}
	if acts := p.record(other); len(acts) != 0 {
		p.Errorf("another member: %+v", acts)
	}
	p.must(p.DeleteMember(p.ctx, m.ID))
	if len(p.record(m)) != 3 {
		p.Error("the record went with the member")
	}
}
