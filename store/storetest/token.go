package storetest

import (
	"errors"
	"slices"
	"sync/atomic"
	"time"

	"broadsheet/internal/news"

	"github.com/google/go-cmp/cmp"
)

var purposes = []news.TokenPurpose{news.TokenConfirm, news.TokenLogin, news.TokenReset, news.TokenChange}

// token makes a link for a member, valid until an hour after noon, and returns
// its hash. One for a change is for the address pending@example.org.
func (p *paper) token(m news.Member, purpose news.TokenPurpose) []byte {
	p.Helper()
	t := news.Token{Hash: []byte("\x00\xff" + p.name("token")), MemberID: m.ID, Purpose: purpose, Address: m.EmailKey,
		CreatedAt: noon, ExpiresAt: noon.Add(time.Hour)}
	if purpose == news.TokenChange {
		t.Address = "pending@example.org"
	}
	p.must(p.AddToken(p.ctx, t))
	return t.Hash
}

// worth looks whether a token is still good, without spending it.
func (p *paper) worth(want error, hash []byte, purpose news.TokenPurpose, what string) {
	p.Helper()
	_, _, err := p.Token(p.ctx, hash, purpose, noon)
	p.wants(want, err, what)
}

func testToken(p *paper) {
	m := p.member()
	want := news.Token{Hash: []byte("\x00h"), MemberID: m.ID, Purpose: news.TokenReset, Address: m.EmailKey,
		CreatedAt: noon, ExpiresAt: noon.Add(news.LinkFor)}
	p.must(p.AddToken(p.ctx, want))
	for _, at := range []time.Time{noon, want.ExpiresAt.Add(-time.Microsecond)} {
		token, member, err := p.Token(p.ctx, want.Hash, news.TokenReset, at)
		p.must(err)
		if diff := cmp.Diff(want, token) + cmp.Diff(m, member); diff != "" {
			p.Errorf("read (+), wrote (-):\n%s", diff)
		}
	}
	nothing := func(hash []byte, at time.Time, what string) {
		p.Helper()
		token1, member1, err1 := p.Token(p.ctx, hash, news.TokenReset, at)
		token2, member2, err2 := p.SpendToken(p.ctx, hash, news.TokenReset, at)
		p.wants(news.ErrNotFound, err1, "look at "+what)
		p.wants(news.ErrNotFound, err2, "spend "+what)
		if diff := cmp.Diff(news.Token{}, token1) + cmp.Diff(news.Token{}, token2) +
			cmp.Diff(news.Member{}, member1) + cmp.Diff(news.Member{}, member2); diff != "" {
			p.Errorf("%s tells all the same:\n%s", what, diff)
		}
	}
	nothing([]byte("other"), noon, "an unknown token")
	nothing(want.Hash, want.ExpiresAt, "an expired token")
	token, member, err := p.SpendToken(p.ctx, want.Hash, news.TokenReset, noon)
	p.must(err)
	if diff := cmp.Diff(want, token) + cmp.Diff(m, member); diff != "" {
		p.Errorf("spent (+), wrote (-):\n%s", diff)
	}
	nothing(want.Hash, noon, "a spent token")

	// The newest only, of each purpose and each member.
	other := p.member()
	login, his := p.token(m, news.TokenLogin), p.token(other, news.TokenReset)
	first := p.token(m, news.TokenReset)
	second := p.token(m, news.TokenReset)
	p.worth(news.ErrNotFound, first, news.TokenReset, "an older token")
	p.worth(nil, second, news.TokenReset, "the newest token")
	p.worth(nil, login, news.TokenLogin, "a token for another purpose")
	p.worth(nil, his, news.TokenReset, "another member's token")
	p.wants(news.ErrConflict, p.AddToken(p.ctx, news.Token{Hash: his, MemberID: m.ID, Purpose: news.TokenConfirm,
		Address: "x", CreatedAt: noon, ExpiresAt: noon}), "a hash twice")
	p.wants(news.ErrNotFound, p.AddToken(p.ctx, news.Token{Hash: []byte("x"), MemberID: 1 << 40,
		Purpose: news.TokenConfirm, Address: "x", CreatedAt: noon, ExpiresAt: noon}), "a token of nobody")

	p.must(p.AddToken(p.ctx, news.Token{Hash: []byte("short"), MemberID: other.ID, Purpose: news.TokenLogin,
		Address: other.EmailKey, CreatedAt: noon, ExpiresAt: noon.Add(time.Minute)}))
	if n, err := p.SweepTokens(p.ctx, noon.Add(time.Minute)); err != nil || n != 1 {
		p.Errorf("swept %d, %v; want 1", n, err)
	}
	p.worth(nil, second, news.TokenReset, "a token after sweeping")
}

// testTokenPurpose tries each kind of token for each purpose: it must do for
// its own alone, and be none the worse for the trials.
func testTokenPurpose(p *paper) {
	m := p.member()
	p.must(p.SetPendingEmail(p.ctx, m.ID, "pending@example.org"))
	for _, made := range purposes {
		hash := p.token(m, made)
		for _, used := range append(purposes, "", "Reset", "reset ") {
			if used == made {
				continue
			}
			p.worth(news.ErrNotFound, hash, used, string(made)+" as "+string(used))
			_, _, err := p.SpendToken(p.ctx, hash, used, noon)
			p.wants(news.ErrNotFound, err, string(made)+" spent as "+string(used))
		}
		p.worth(nil, hash, made, string(made))
		_, _, err := p.SpendToken(p.ctx, hash, made, noon)
		p.must(err)
	}
	if err := p.AddToken(p.ctx, news.Token{Hash: []byte("x"), MemberID: m.ID, Purpose: "any", Address: "x",
		CreatedAt: noon, ExpiresAt: noon}); err == nil {
		p.Error("stored an unknown purpose")
	}
}

// testTokenAddress wants tokens to die with what they rest on.
func testTokenAddress(p *paper) {
	all := func(m news.Member) map[news.TokenPurpose][]byte {
		p.must(p.SetPendingEmail(p.ctx, m.ID, "Pending@Example.org"))
		tokens := make(map[news.TokenPurpose][]byte)
		for _, purpose := range purposes {
			tokens[purpose] = p.token(m, purpose)
			p.worth(nil, tokens[purpose], purpose, string(purpose))
		}
		return tokens
	}
	for what, test := range map[string]struct {
		change func(m news.Member) error
		dead   []news.TokenPurpose
	}{
		"another address":      {func(m news.Member) error { return p.ChangeEmail(p.ctx, m.ID, "x@example.org", "x@example.org") }, purposes},
		"another password":     {func(m news.Member) error { return p.SetPassword(p.ctx, m.ID, "new") }, []news.TokenPurpose{news.TokenReset, news.TokenLogin}},
		"a stronger hash":      {func(m news.Member) error { return p.UpgradePassword(p.ctx, m.ID, m.PasswordHash, "new") }, nil},
		"another new address":  {func(m news.Member) error { return p.SetPendingEmail(p.ctx, m.ID, "y@example.org") }, []news.TokenPurpose{news.TokenChange}},
		"no new address":       {func(m news.Member) error { return p.SetPendingEmail(p.ctx, m.ID, "") }, []news.TokenPurpose{news.TokenChange}},
		"the same new address": {func(m news.Member) error { return p.SetPendingEmail(p.ctx, m.ID, "pending@example.ORG") }, nil},
		"another name":         {func(m news.Member) error { return p.RenameMember(p.ctx, m.ID, "N", "n", "n") }, nil},
		"being gone":           {func(m news.Member) error { return p.DeleteMember(p.ctx, m.ID) }, purposes},
		"address there and back": {func(m news.Member) error {
			return errors.Join(p.ChangeEmail(p.ctx, m.ID, "z@example.org", "z@example.org"), p.ChangeEmail(p.ctx, m.ID, m.Email, m.EmailKey))
		}, purposes},
	} {
		m, bystander := p.member(), p.member()
		tokens, others := all(m), all(bystander)
		p.must(test.change(m))
		for _, purpose := range purposes {
			var want error
			for _, dead := range test.dead {
				if dead == purpose {
					want = news.ErrNotFound
				}
			}
			p.worth(want, tokens[purpose], purpose, string(purpose)+" after "+what)
			_, _, err := p.SpendToken(p.ctx, tokens[purpose], purpose, noon)
			p.wants(want, err, string(purpose)+" spent after "+what)
			p.worth(nil, others[purpose], purpose, string(purpose)+" of another after "+what)
		}
	}

	// One that was sent elsewhere than to the member never does.
	m := p.member()
	p.must(p.SetPendingEmail(p.ctx, m.ID, "pending@example.org"))
	for _, purpose := range purposes {
		address := "pending@example.org"
		if purpose == news.TokenChange {
			address = m.EmailKey
		}
		hash := []byte("astray " + string(purpose))
		p.must(p.AddToken(p.ctx, news.Token{Hash: hash, MemberID: m.ID, Purpose: purpose, Address: address,
			CreatedAt: noon, ExpiresAt: noon.Add(time.Hour)}))
		p.worth(news.ErrNotFound, hash, purpose, string(purpose)+" to another address")
	}
}

// testTokenRace spends one token fifty times at once, and then while the
// password is changed.
func testTokenRace(p *paper) {
	m := p.member()
	hash := p.token(m, news.TokenReset)
	var spent atomic.Int32
	parallel(p.T, 50, func(int) {
		switch _, _, err := p.SpendToken(p.ctx, hash, news.TokenReset, noon); {
		case err == nil:
			spent.Add(1)
		case !errors.Is(err, news.ErrNotFound):
			p.Error(err)
		}
	})
	if spent.Load() != 1 {
		p.Errorf("spent %d times", spent.Load())
	}
	for range 5 {
		hash := p.token(m, news.TokenReset)
		parallel(p.T, 12, func(i int) {
			var err error
			switch i % 4 {
			case 0:
				_, _, err = p.SpendToken(p.ctx, hash, news.TokenReset, noon)
			case 1:
				err = p.SetPassword(p.ctx, m.ID, "new")
			case 2:
				err = p.ChangeEmail(p.ctx, m.ID, m.Email, m.EmailKey)
			case 3:
				err = p.AddToken(p.ctx, news.Token{Hash: slices.Concat(hash, []byte{byte(i)}), MemberID: m.ID, Purpose: news.TokenReset,
					Address: m.EmailKey, CreatedAt: noon, ExpiresAt: noon.Add(time.Hour)})
			}
			if err != nil && !errors.Is(err, news.ErrNotFound) {
				p.Error(err)
			}
		})
		p.worth(news.ErrNotFound, hash, news.TokenReset, "after all that")
	}
}
