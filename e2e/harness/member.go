package harness

import (
	"fmt"
	"sync/atomic"
	"time"
)

// Member is an account made by a test.
type Member struct{ Email, Name, Password string }

var members atomic.Int64

// NewMember is somebody nobody has seen before; the account is not made yet.
func NewMember() Member {
	n := fmt.Sprintf("%d-%d", members.Add(1), time.Now().UnixMilli()%1e7)
	return Member{Email: "visitor" + n + "@e2e.example", Name: "Visitor " + n, Password: "seven green bottles " + n}
}

// FillJoin fills the form to become a member.
func (p *Page) FillJoin(m Member) {
	p.t.Helper()
	p.Fill("Email", m.Email)
	p.Fill("Display name", m.Name)
	p.Fill("Password", m.Password)
}

// Join becomes a member and returns to the path given.
func (p *Page) Join(m Member, next string) {
	p.t.Helper()
	p.Go("/join?next=" + next)
	p.FillJoin(m)
	p.Follow("Become a member @ main form")
	if p.Bare() != next {
		p.t.Fatalf("after joining at %s, not %s", p.Path(), next)
	}
}

// LogIn fills and sends the form to log in.
func (p *Page) LogIn(email, password string) {
	p.t.Helper()
	p.Fill("Email", email)
	p.Fill("Password", password)
	p.Follow("button:Log in")
}

// Post writes a comment and posts it.
func (p *Page) Post(words string) {
	p.t.Helper()
	p.Fill("Your comment", words)
	p.Follow("Post comment")
}
