package storetest

import (
	"errors"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"broadsheet/internal/news"

	"github.com/google/go-cmp/cmp"
)

func testMember(p *paper) {
	ann := news.Member{Email: "Ann@Example.org", EmailKey: "ann@example.org", Name: "Ann Lee", NameKey: "ann lee",
		Handle: "ann-lee", PasswordHash: "$argon2id$", Role: news.RoleEditor, CreatedAt: noon,
		ConfirmedAt: &noon, NoticeMail: news.NoticeMailEach}
	p.must(p.CreateMember(p.ctx, &ann))
	byEmail, err1 := p.MemberByEmail(p.ctx, "ann@example.org")
	byID, err2 := p.MemberByID(p.ctx, ann.ID)
	byHandle, err3 := p.MemberByHandle(p.ctx, "ann-lee")
	p.must(errors.Join(err1, err2, err3))
	byName, err := p.MemberByName(p.ctx, "ann lee")
	p.must(err)
	for _, got := range []news.Member{byEmail, byID, byHandle, byName} {
		if !cmp.Equal(got, ann) || ann.ID == 0 {
			p.Errorf("read %+v, wrote %+v", got, ann)
		}
	}
	_, err1 = p.MemberByEmail(p.ctx, "Ann@Example.org") // a key is compared, not an address
	_, err2 = p.MemberByID(p.ctx, ann.ID+1)
	_, err3 = p.MemberByHandle(p.ctx, "ann")
	_, err = p.MemberByName(p.ctx, "Ann Lee")
	for _, err := range []error{err1, err2, err3, err} {
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
		got, err := p.MemberByHandle(p.ctx, want)
		if err != nil || m.Handle != want || m.NoticeMail != news.NoticeMailOff || !cmp.Equal(got, m) {
			p.Errorf("handle %q, %v; want %q", m.Handle, err, want)
		}
	}
	bad := news.Member{EmailKey: "y", NameKey: "y", Handle: "y", Role: "king", CreatedAt: noon}
	if err := p.CreateMember(p.ctx, &bad); err == nil {
		p.Error("stored an unknown role")
	}
	bad.Role, bad.NoticeMail = news.RoleMember, "weekly"
	if err := p.CreateMember(p.ctx, &bad); err == nil {
		p.Error("stored an unknown choice")
	}
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

// reread returns a member as the database has them now.
func (p *paper) reread(m news.Member) news.Member {
	p.Helper()
	m, err := p.MemberByID(p.ctx, m.ID)
	p.must(err)
	return m
}

// testMemberChange changes what is changed by one value.
func testMemberChange(p *paper) {
	const nobody = 1 << 40
	m := p.member(func(m *news.Member) { m.ConfirmedAt = nil })
	other := p.member()
	for _, test := range []struct {
		what   string
		change func(id int64) error
		want   func(m *news.Member)
	}{
		{"confirm", func(id int64) error { return p.ConfirmMember(p.ctx, id, ago(time.Minute)) },
			func(m *news.Member) { m.ConfirmedAt = ptr(ago(time.Minute)) }},
		{"confirm again", func(id int64) error { return p.ConfirmMember(p.ctx, id, noon) }, func(*news.Member) {}},
		{"password", func(id int64) error { return p.SetPassword(p.ctx, id, "new") },
			func(m *news.Member) { m.PasswordHash = "new" }},
		{"notice mail", func(id int64) error { return p.SetNoticeMail(p.ctx, id, news.NoticeMailEach, false) },
			func(m *news.Member) { m.NoticeMail, m.QueueMail = news.NoticeMailEach, false }},
		{"pending address", func(id int64) error { return p.SetPendingEmail(p.ctx, id, "New@Example.org") },
			func(m *news.Member) { m.PendingEmail = "New@Example.org" }},
		{"no pending address", func(id int64) error { return p.SetPendingEmail(p.ctx, id, "") },
			func(m *news.Member) { m.PendingEmail = "" }},
		{"ask for deletion", func(id int64) error { return p.AskDeletion(p.ctx, id, noon.Add(news.DeletionGrace), true) },
			func(m *news.Member) { m.DeleteAt, m.EraseComments = ptr(noon.Add(news.DeletionGrace)), true }},
		{"keep", func(id int64) error { return p.KeepMember(p.ctx, id) },
			func(m *news.Member) { m.DeleteAt, m.EraseComments = nil, false }},
	} {
		p.must(test.change(m.ID))
		test.want(&m)
		if diff := cmp.Diff(m, p.reread(m)); diff != "" {
			p.Errorf("%s: read (+), want (-):\n%s", test.what, diff)
		}
		p.wants(news.ErrNotFound, test.change(nobody), test.what+" of nobody")
	}
	if err := p.SetNoticeMail(p.ctx, m.ID, "weekly", false); err == nil {
		p.Error("stored an unknown choice")
	}

	p.must(p.UpgradePassword(p.ctx, m.ID, "new", "better"))
	p.must(p.UpgradePassword(p.ctx, m.ID, "new", "late"))
	p.must(p.UpgradePassword(p.ctx, nobody, "new", "late"))
	if got := p.reread(m).PasswordHash; got != "better" {
		p.Errorf("password %q", got)
	}
	if diff := cmp.Diff(other, p.reread(other)); diff != "" {
		p.Errorf("another member changed:\n%s", diff)
	}
}

func testMemberRename(p *paper) {
	ann, bob := p.member(), p.member()
	p.must(p.RenameMember(p.ctx, ann.ID, "Cleo", "cleo", "cleo"))
	ann.Name, ann.NameKey, ann.Handle = "Cleo", "cleo", "cleo"
	if diff := cmp.Diff(ann, p.reread(ann)); diff != "" {
		p.Errorf("read (+), want (-):\n%s", diff)
	}
	var taken *news.TakenError
	err := p.RenameMember(p.ctx, bob.ID, "CLEO", "cleo", "other")
	if !errors.As(err, &taken) || taken.Field != "name" {
		p.Errorf("name taken: %v", err)
	}
	p.must(p.RenameMember(p.ctx, bob.ID, "Cléo!", "cleo!", "cleo"))
	if got := p.reread(bob); got.Handle != "cleo-2" || got.Name != "Cléo!" {
		p.Errorf("handle taken: %+v", got)
	}
	p.must(p.RenameMember(p.ctx, bob.ID, "CLÉO!", "cleo!", "cleo")) // their own name and handle are not taken
	if got := p.reread(bob); got.Handle != "cleo-2" || got.Name != "CLÉO!" {
		p.Errorf("renamed in place: %+v", got)
	}
	p.wants(news.ErrNotFound, p.RenameMember(p.ctx, 1<<40, "x", "x", "x"), "name of nobody")

	// At once: one gets the name; with different names all get handles.
	members := make([]news.Member, 10)
	for i := range members {
		members[i] = p.member()
	}
	var got atomic.Int32
	parallel(p.T, len(members), func(i int) {
		switch err := p.RenameMember(p.ctx, members[i].ID, "One", "one", "one"); {
		case err == nil:
			got.Add(1)
		case !errors.Is(err, news.ErrConflict):
			p.Error(err)
		}
	})
	if got.Load() != 1 {
		p.Errorf("%d members of one name", got.Load())
	}
	parallel(p.T, len(members), func(i int) {
		name := "n" + string(rune('a'+i))
		if err := p.RenameMember(p.ctx, members[i].ID, name, name, "n"); err != nil {
			p.Error(err)
		}
	})
}

func testMemberEmail(p *paper) {
	ann, bob := p.member(), p.member()
	p.must(p.SetPendingEmail(p.ctx, ann.ID, "New@Example.org"))
	p.must(p.ChangeEmail(p.ctx, ann.ID, "New@Example.org", "new@example.org"))
	old := ann.EmailKey
	ann.Email, ann.EmailKey = "New@Example.org", "new@example.org"
	if diff := cmp.Diff(ann, p.reread(ann)); diff != "" {
		p.Errorf("read (+), want (-):\n%s", diff)
	}
	_, err := p.MemberByEmail(p.ctx, old)
	p.wants(news.ErrNotFound, err, "old address")
	var taken *news.TakenError
	err = p.ChangeEmail(p.ctx, bob.ID, "new@example.org", "new@example.org")
	if !errors.As(err, &taken) || taken.Field != "email" {
		p.Errorf("address taken: %v", err)
	}
	p.must(p.ChangeEmail(p.ctx, ann.ID, "new@example.org", "new@example.org")) // written otherwise
	p.wants(news.ErrNotFound, p.ChangeEmail(p.ctx, 1<<40, "x@example.org", "x@example.org"), "address of nobody")

	members := make([]news.Member, 10)
	for i := range members {
		members[i] = p.member()
	}
	var got, refused atomic.Int32
	parallel(p.T, len(members), func(i int) {
		var taken *news.TakenError
		switch err := p.ChangeEmail(p.ctx, members[i].ID, "one@example.org", "one@example.org"); {
		case err == nil:
			got.Add(1)
		case errors.As(err, &taken) && taken.Field == "email":
			refused.Add(1)
		default:
			p.Error(err)
		}
	})
	if got.Load() != 1 || refused.Load() != 9 {
		p.Errorf("%d members with one address, %d refused", got.Load(), refused.Load())
	}
}

func testMemberList(p *paper) {
	made := map[string]news.Member{}
	for i, name := range []string{"ann", "100%", "1000", "a_b", "axb", `back\slash`} {
		made[name] = p.member(func(m *news.Member) {
			m.NameKey, m.EmailKey = name, "mail-"+name+"@example.org"
			m.CreatedAt = ago(time.Duration(10-i) * time.Minute)
			if name == "ann" {
				m.Role = news.RoleEditor
			}
		})
	}
	gone := p.member(func(m *news.Member) { m.NameKey, m.CreatedAt = "annex", ago(time.Second) })
	p.member(func(m *news.Member) { m.NameKey, m.CreatedAt = "zoe", ago(time.Second) })
	p.must(p.DeleteMember(p.ctx, gone.ID))
	for _, test := range []struct {
		f     news.MemberFilter
		want  []string
		total int
	}{
		{news.MemberFilter{Query: "nn"}, []string{"ann"}, 1},
		{news.MemberFilter{Query: "%"}, []string{"100%"}, 1},
		{news.MemberFilter{Query: "a_b"}, []string{"a_b"}, 1},
		{news.MemberFilter{Query: `k\s`}, []string{`back\slash`}, 1},
		{news.MemberFilter{Query: "mail-a"}, []string{"axb", "a_b", "ann"}, 3},
		{news.MemberFilter{Query: "ail-a"}, nil, 0}, // addresses from their start only
		{news.MemberFilter{Query: "ann", EmailQuery: "mail-1"}, []string{"1000", "100%", "ann"}, 3},
		{news.MemberFilter{EmailQuery: "mail-1"}, []string{"1000", "100%"}, 2},
		{news.MemberFilter{Query: "mail-", Limit: 2, Offset: 1}, []string{"axb", "a_b"}, 6},
		{news.MemberFilter{Query: "mail-", Offset: 9}, nil, 6},
		{news.MemberFilter{Role: news.RoleEditor}, []string{"ann"}, 1},
		{news.MemberFilter{Role: news.RoleEditor, Query: "1"}, nil, 0},
		{news.MemberFilter{Query: "a\x00b\xff"}, nil, 0},
		{news.MemberFilter{Query: strings.Repeat("%", 100000)}, nil, 0},
		{news.MemberFilter{Limit: 1}, []string{"zoe"}, 7},
	} {
		got, total, err := p.Members(p.ctx, test.f)
		p.must(err)
		var names []string
		for _, m := range got {
			names = append(names, m.NameKey)
			if made, ok := made[m.NameKey]; ok && !cmp.Equal(made, m) {
				p.Errorf("read %+v, wrote %+v", m, made)
			}
		}
		if !slices.Equal(names, test.want) || total != test.total {
			p.Errorf("%.60v: %q of %d, want %q of %d", test.f, names, total, test.want, test.total)
		}
	}
}
