package storetest

import (
	"errors"
	"fmt"
	"time"

	"broadsheet/internal/news"
)

// gone wants no way to lead to a deleted account.
func (p *paper) gone(m news.Member) {
	p.Helper()
	former := fmt.Sprintf("former-%d", m.ID)
	for what, find := range map[string]func() error{
		"id":      func() error { _, err := p.MemberByID(p.ctx, m.ID); return err },
		"address": func() error { _, err := p.MemberByEmail(p.ctx, m.EmailKey); return err },
		"name":    func() error { _, err := p.MemberByName(p.ctx, m.NameKey); return err },
		"handle":  func() error { _, err := p.MemberByHandle(p.ctx, m.Handle); return err },
		"mark":    func() error { _, err := p.MemberByHandle(p.ctx, former); return err },
		"nothing": func() error { _, err := p.MemberByEmail(p.ctx, ""); return err },
		"change":  func() error { return p.SetPassword(p.ctx, m.ID, "new") },
		"keep":    func() error { return p.KeepMember(p.ctx, m.ID) },
		"again":   func() error { return p.DeleteMember(p.ctx, m.ID) },
		"role":    func() error { return p.SetRole(p.ctx, m.ID, news.RoleEditor, news.Act{At: noon}) },
		"token": func() error {
			return p.AddToken(p.ctx, news.Token{Hash: []byte("t"), MemberID: m.ID, Purpose: news.TokenLogin,
				Address: m.EmailKey, CreatedAt: noon, ExpiresAt: noon.Add(time.Hour)})
		},
	} {
		p.wants(news.ErrNotFound, find(), "a deleted member by "+what)
	}
	all, _, err := p.Members(p.ctx, news.MemberFilter{Limit: 1000})
	p.must(err)
	for _, other := range all {
		if other.ID == m.ID {
			p.Errorf("listed: %+v", other)
		}
	}
}

func testDeletion(p *paper) {
	s, m, other := p.article(ago(time.Hour)), p.member(), p.member()
	token := p.session(m, noon)
	p.must(p.SetPendingEmail(p.ctx, m.ID, "pending@example.org"))
	reset := p.token(m, news.TokenReset)
	kept := news.KeptComment{TokenHash: []byte("kept"), ArticleID: s.ID, Body: "B", MemberID: &m.ID,
		CreatedAt: noon, ExpiresAt: noon.Add(time.Hour)}
	p.must(p.KeepComment(p.ctx, kept))
	mine := news.OutMail{MemberID: &m.ID, Address: m.Email, Kind: "k", Subject: "To them", CreatedAt: noon}
	p.must(p.QueueMail(p.ctx, &mine))
	farewell := news.OutMail{Address: m.Email, Kind: "k", Subject: "Farewell", CreatedAt: noon.Add(1000)}
	p.must(p.QueueMail(p.ctx, &farewell))
	comment := p.comment(s, m, ago(time.Minute))
	answer := p.comment(s, other, ago(time.Second), under(comment))

	p.must(p.DeleteMember(p.ctx, m.ID))
	p.gone(m)
	_, _, err1 := p.SessionMember(p.ctx, token, noon)
	_, _, err2 := p.Token(p.ctx, reset, news.TokenReset, noon)
	_, err3 := p.KeptComment(p.ctx, kept.TokenHash, noon, m.ID)
	for _, err := range []error{err1, err2, err3} {
		p.wants(news.ErrNotFound, err, "what a deleted member had")
	}
	if mail, err := p.ClaimMail(p.ctx, noon.Add(time.Minute)); err != nil || mail.ID != farewell.ID {
		p.Errorf("next mail %+v, %v", mail, err)
	}
	got, err := p.CommentByID(p.ctx, now, comment.ID)
	p.must(err)
	if got.Name != news.FormerMember || got.Handle != fmt.Sprintf("former-%d", m.ID) || got.Role != news.RoleMember ||
		got.Body != comment.Body || got.State != news.CommentVisible {
		p.Errorf("comment of a former member: %+v", got)
	}
	if got, err := p.CommentByID(p.ctx, now, answer.ID); err != nil || got.ParentName != news.FormerMember {
		p.Errorf("answer to a former member: %+v, %v", got, err)
	}
	words := written(s, m, "More", "k", noon)
	_, err = p.CreateComment(p.ctx, &words, nil, nil)
	p.wants(news.ErrNotFound, err, "comment by a former member")

	// Name, address and handle are free again, and the mark is taken.
	again := news.Member{Email: m.Email, EmailKey: m.EmailKey, Name: m.Name, NameKey: m.NameKey, Handle: m.Handle,
		Role: news.RoleMember, CreatedAt: noon}
	p.must(p.CreateMember(p.ctx, &again))
	if again.Handle != m.Handle {
		p.Errorf("handle %q", again.Handle)
	}
	mark := fmt.Sprintf("former-%d", m.ID)
	p.must(p.RenameMember(p.ctx, again.ID, "Former", "former", mark))
	if got := p.reread(again); got.Handle != mark+"-2" {
		p.Errorf("handle %q", got.Handle)
	}
	for _, bad := range []news.Member{{EmailKey: mark, NameKey: "x"}, {EmailKey: "x", NameKey: mark}} {
		bad.Handle, bad.Role, bad.CreatedAt = "x", news.RoleMember, noon
		p.wants(news.ErrConflict, p.CreateMember(p.ctx, &bad), "the key of a former member")
	}
	p.wants(news.ErrNotFound, p.DeleteMember(p.ctx, 1<<40), "deletion of nobody")
}

func testDeletionComments(p *paper) {
	s, other := p.article(ago(time.Hour)), p.member()
	states := []news.CommentState{news.CommentVisible, news.CommentHeld, news.CommentRemoved, news.CommentDeleted}
	for _, erase := range []bool{false, true} {
		m := p.member()
		var made, answers []news.Comment
		for _, st := range states {
			c := p.comment(s, m, ago(time.Minute), state(st), func(c *news.Comment) { c.Reason = "Because" })
			made = append(made, c)
			answers = append(answers, p.comment(s, other, ago(time.Second), under(c)))
		}
		before, err := p.CommentPage(p.ctx, now, s.ID, news.ThreadFilter{Order: news.OrderOldest, Page: 1})
		p.must(err)
		p.must(p.AskDeletion(p.ctx, m.ID, noon, erase))
		if n, err := p.DeleteDue(p.ctx, noon); err != nil || n != 1 {
			p.Fatalf("deleted %d, %v", n, err)
		}
		p.gone(m)
		rows, total, err := p.MemberComments(p.ctx, m.ID, 0, 0)
		p.must(err)
		if total != len(states) {
			p.Errorf("erase %v: %d comments left", erase, total)
		}
		for i, row := range rows { // newest first, so the last state first
			st := states[len(states)-1-i]
			wantBody, wantReason := made[len(states)-1-i].Body, "Because"
			if erase || st == news.CommentDeleted {
				st, wantBody, wantReason = news.CommentDeleted, "", ""
			}
			if row.State != st || row.Body != wantBody || row.Reason != wantReason || row.Name != news.FormerMember {
				p.Errorf("erase %v: %+v", erase, row)
			}
		}
		after, err := p.CommentPage(p.ctx, now, s.ID, news.ThreadFilter{Order: news.OrderOldest, Page: 1})
		p.must(err)
		if len(before.Remarks) != len(after.Remarks) {
			p.Fatalf("erase %v: a thread of %d became one of %d", erase, len(before.Remarks), len(after.Remarks))
		}
		for i := range before.Remarks {
			if before.Remarks[i].ID != after.Remarks[i].ID || before.Remarks[i].Depth != after.Remarks[i].Depth {
				p.Errorf("erase %v: comments moved", erase)
			}
		}
		for _, answer := range answers {
			if _, err := p.CommentByID(p.ctx, now, answer.ID); err != nil {
				p.Errorf("erase %v: answer: %v", erase, err)
			}
		}
	}
}

func testDeletionDue(p *paper) {
	const tick = time.Microsecond
	unconfirmed := func(age time.Duration) func(*news.Member) {
		return func(m *news.Member) { m.ConfirmedAt, m.CreatedAt = nil, ago(age) }
	}
	lapsed := p.member(unconfirmed(news.UnconfirmedFor))
	young := p.member(unconfirmed(news.UnconfirmedFor - tick))
	proven := p.member(unconfirmed(news.UnconfirmedFor))
	p.must(p.ConfirmMember(p.ctx, proven.ID, noon))
	last := p.member(role(news.RoleAdministrator), unconfirmed(news.UnconfirmedFor))
	due, later, kept := p.member(), p.member(), p.member()
	p.must(p.AskDeletion(p.ctx, due.ID, noon, false))
	p.must(p.AskDeletion(p.ctx, later.ID, noon.Add(tick), false))
	p.must(p.AskDeletion(p.ctx, kept.ID, noon, false))
	p.must(p.KeepMember(p.ctx, kept.ID))

	if n, err := p.DeleteDue(p.ctx, noon); err != nil || n != 2 {
		p.Errorf("deleted %d, %v; want 2", n, err)
	}
	for _, m := range []news.Member{lapsed, due} {
		p.gone(m)
	}
	for _, m := range []news.Member{young, proven, last, later, kept} {
		p.reread(m)
	}
	if n, err := p.DeleteDue(p.ctx, noon); err != nil || n != 0 {
		p.Errorf("deleted %d again, %v", n, err)
	}

	// Several nodes at once delete each account once, and no wish is
	// overtaken: who keeps the account in time has it.
	const crowd = 12
	var members []news.Member
	for range crowd {
		m := p.member()
		p.must(p.AskDeletion(p.ctx, m.ID, noon, false))
		members = append(members, m)
	}
	deleted := make(chan int, 4)
	keeps := make(chan news.Member, crowd)
	parallel(p.T, 4+crowd, func(i int) {
		if i < 4 {
			n, err := p.DeleteDue(p.ctx, noon)
			if err != nil {
				p.Error(err)
			}
			deleted <- n
			return
		}
		m := members[i-4]
		switch err := p.KeepMember(p.ctx, m.ID); {
		case err == nil:
			keeps <- m
		case !errors.Is(err, news.ErrNotFound):
			p.Error(err)
		}
	})
	close(deleted)
	close(keeps)
	n := 0
	for d := range deleted {
		n += d
	}
	stay := 0
	for m := range keeps {
		p.reread(m)
		stay++
	}
	if n+stay != crowd {
		p.Errorf("%d deleted and %d kept of %d", n, stay, crowd)
	}
}

// testDeletionNumbers wants no member to get the number of one who is gone.
func testDeletionNumbers(p *paper) {
	seen := make(map[int64]bool)
	for range 5 {
		for range 2 {
			m := p.member()
			if seen[m.ID] {
				p.Fatalf("number %d given twice", m.ID)
			}
			seen[m.ID] = true
			p.must(p.DeleteMember(p.ctx, m.ID))
			p.gone(m)
		}
		if _, err := p.DeleteDue(p.ctx, noon); err != nil {
			p.Error(err)
		}
	}
}
