package storetest

import (
	"bytes"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"broadsheet/internal/news"
)

func testPasskey(p *paper) {
	ann, bob := p.member(), p.member()
	if has, err := p.HasSecondFactor(p.ctx, ann.ID); err != nil || has {
		p.Errorf("a second factor from nowhere: %v, %v", has, err)
	}
	id := []byte("\x00\xff credential")
	first := news.Passkey{MemberID: ann.ID, CredentialID: id, Credential: []byte(`{"a":"\u0000"}`), Name: "Phone", CreatedAt: noon}
	p.must(p.AddPasskey(p.ctx, &first))
	for _, m := range []news.Member{ann, bob} {
		twice := news.Passkey{MemberID: m.ID, CredentialID: id, Credential: []byte("{}"), CreatedAt: noon}
		p.wants(news.ErrConflict, p.AddPasskey(p.ctx, &twice), "a credential twice")
	}
	second := news.Passkey{MemberID: ann.ID, CredentialID: []byte("other"), Credential: []byte("{}"), CreatedAt: noon}
	p.must(p.AddPasskey(p.ctx, &second))
	keys, err := p.Passkeys(p.ctx, ann.ID)
	p.must(err)
	if len(keys) != 2 || keys[0].ID != first.ID || keys[0].Name != "Phone" || !bytes.Equal(keys[0].Credential, first.Credential) ||
		!keys[0].CreatedAt.Equal(noon) || keys[0].UsedAt != nil || keys[1].ID != second.ID {
		p.Errorf("read %+v", keys)
	}
	if keys, err := p.Passkeys(p.ctx, bob.ID); err != nil || len(keys) != 0 {
		p.Errorf("another member's: %+v, %v", keys, err)
	}
	if has, err := p.HasSecondFactor(p.ctx, ann.ID); err != nil || !has {
		p.Errorf("a passkey is a second factor: %v, %v", has, err)
	}

	p.must(p.UpdatePasskey(p.ctx, first.ID, []byte(`{"n":2}`), noon.Add(time.Hour)))
	got, err := p.PasskeyByCredential(p.ctx, id)
	p.must(err)
	if got.MemberID != ann.ID || string(got.Credential) != `{"n":2}` || got.UsedAt == nil || !got.UsedAt.Equal(noon.Add(time.Hour)) {
		p.Errorf("after use: %+v", got)
	}
	_, err = p.PasskeyByCredential(p.ctx, []byte("unknown"))
	p.wants(news.ErrNotFound, err, "unknown credential")
	p.wants(news.ErrNotFound, p.UpdatePasskey(p.ctx, first.ID+999, nil, noon), "use of nothing")

	p.wants(news.ErrNotFound, p.RenamePasskey(p.ctx, bob.ID, first.ID, "Mine"), "renaming another's")
	p.wants(news.ErrNotFound, p.DeletePasskey(p.ctx, bob.ID, first.ID), "deleting another's")
	p.must(p.RenamePasskey(p.ctx, ann.ID, first.ID, "Old phone"))
	if got, err := p.PasskeyByCredential(p.ctx, id); err != nil || got.Name != "Old phone" {
		p.Errorf("renamed to %q, %v", got.Name, err)
	}
	p.must(p.DeletePasskey(p.ctx, ann.ID, first.ID))
	p.wants(news.ErrNotFound, p.DeletePasskey(p.ctx, ann.ID, first.ID), "deleting twice")
}

func testTOTP(p *paper) {
	ann, bob := p.member(), p.member()
	none, err := p.TOTP(p.ctx, ann.ID)
	p.wants(news.ErrNotFound, err, "no generator")
	if none != (news.TOTP{}) {
		p.Errorf("no generator is %+v", none)
	}
	p.must(p.SetTOTP(p.ctx, ann.ID, "FIRST"))
	p.must(p.SetTOTP(p.ctx, ann.ID, "SECOND")) // the first was never used
	p.wants(news.ErrNotFound, p.UseTOTPStep(p.ctx, ann.ID, 100), "a code before the confirmation")
	if has, err := p.HasSecondFactor(p.ctx, ann.ID); err != nil || has {
		p.Errorf("an unconfirmed generator counts: %v, %v", has, err)
	}
	p.wants(news.ErrNotFound, p.ConfirmTOTP(p.ctx, ann.ID, "FIRST", 100, noon), "the secret that was replaced")
	p.wants(news.ErrNotFound, p.ConfirmTOTP(p.ctx, bob.ID, "SECOND", 100, noon), "another's")
	p.must(p.ConfirmTOTP(p.ctx, ann.ID, "SECOND", 100, noon))
	p.wants(news.ErrNotFound, p.ConfirmTOTP(p.ctx, ann.ID, "SECOND", 101, noon), "confirming twice")
	p.wants(news.ErrConflict, p.SetTOTP(p.ctx, ann.ID, "THIRD"), "replacing a confirmed one")
	got, err := p.TOTP(p.ctx, ann.ID)
	p.must(err)
	if got.MemberID != ann.ID || got.Secret != "SECOND" || got.LastStep != 100 || got.ConfirmedAt == nil || !got.ConfirmedAt.Equal(noon) {
		p.Errorf("read %+v", got)
	}
	if has, err := p.HasSecondFactor(p.ctx, ann.ID); err != nil || !has {
		p.Errorf("a confirmed generator does not count: %v, %v", has, err)
	}

	p.wants(news.ErrNotFound, p.UseTOTPStep(p.ctx, ann.ID, 100), "the step of the confirmation")
	p.wants(news.ErrNotFound, p.UseTOTPStep(p.ctx, ann.ID, 99), "an earlier step")
	p.once(50, func() error { return p.UseTOTPStep(p.ctx, ann.ID, 101) })
	p.must(p.UseTOTPStep(p.ctx, ann.ID, 102))

	p.must(p.DeleteTOTP(p.ctx, ann.ID))
	p.wants(news.ErrNotFound, p.DeleteTOTP(p.ctx, ann.ID), "deleting twice")
	p.must(p.SetTOTP(p.ctx, ann.ID, "THIRD"))
}

// once runs f n times at once and wants one success, and news.ErrNotFound for
// all others.
func (p *paper) once(n int, f func() error) {
	p.Helper()
	var won atomic.Int32
	parallel(p.T, n, func(int) {
		switch err := f(); {
		case err == nil:
			won.Add(1)
		case !errors.Is(err, news.ErrNotFound):
			p.Error(err)
		}
	})
	if won.Load() != 1 {
		p.Errorf("%d of %d succeeded, want 1", won.Load(), n)
	}
}

func testRecoveryCode(p *paper) {
	ann, bob := p.member(), p.member()
	left := func(m news.Member, want int) {
		p.Helper()
		if n, err := p.RecoveryCodesLeft(p.ctx, m.ID); err != nil || n != want {
			p.Errorf("%d codes left, %v; want %d", n, err, want)
		}
	}
	codes := func(series string) [][]byte {
		var hashes [][]byte
		for i := range news.RecoveryCodes {
			hashes = append(hashes, fmt.Appendf(nil, "%s\x00%d", series, i))
		}
		return hashes
	}
	left(ann, 0)
	old, fresh := codes("old"), codes("new")
	p.must(p.SetRecoveryCodes(p.ctx, ann.ID, old))
	p.must(p.SetRecoveryCodes(p.ctx, bob.ID, old)) // the same codes: no clash
	p.must(p.SetRecoveryCodes(p.ctx, ann.ID, fresh))
	left(ann, news.RecoveryCodes)
	p.wants(news.ErrNotFound, p.UseRecoveryCode(p.ctx, ann.ID, old[0]), "a code that was replaced")
	p.once(50, func() error { return p.UseRecoveryCode(p.ctx, ann.ID, fresh[0]) })
	left(ann, news.RecoveryCodes-1)
	left(bob, news.RecoveryCodes)
	p.must(p.SetRecoveryCodes(p.ctx, ann.ID, nil))
	left(ann, 0)
	p.wants(news.ErrNotFound, p.SetRecoveryCodes(p.ctx, bob.ID+999, fresh), "codes of nobody")
	if has, err := p.HasSecondFactor(p.ctx, bob.ID); err != nil || has {
		p.Errorf("recovery codes alone count: %v, %v", has, err)
	}
}

func testChallenge(p *paper) {
	ann := p.member()
	put := func(token, kind string, memberID *int64, expires time.Time) {
		p.Helper()
		p.must(p.PutChallenge(p.ctx, news.Challenge{TokenHash: []byte(token), Kind: kind, MemberID: memberID,
			Data: []byte("{\x00}"), ExpiresAt: expires}))
	}
	soon := noon.Add(news.ChallengeFor)
	put("a", "login", nil, soon)
	put("b", "second", &ann.ID, soon)
	put("c", "register", &ann.ID, noon)
	p.wants(news.ErrConflict, p.PutChallenge(p.ctx, news.Challenge{TokenHash: []byte("a"), Kind: "login", Data: []byte{}, ExpiresAt: soon}), "a token twice")
	if err := p.PutChallenge(p.ctx, news.Challenge{TokenHash: []byte("d"), Kind: "other", Data: []byte{}, ExpiresAt: soon}); err == nil {
		p.Error("stored an unknown kind")
	}

	for range 2 { // reading leaves it there
		got, err := p.Challenge(p.ctx, []byte("b"), "second", noon)
		p.must(err)
		if got.MemberID == nil || *got.MemberID != ann.ID || string(got.Data) != "{\x00}" || !got.ExpiresAt.Equal(soon) || got.Kind != "second" {
			p.Errorf("read %+v", got)
		}
	}
	for what, c := range map[string]struct {
		token, kind string
		at          time.Time
	}{
		"another kind": {"b", "login", noon},
		"too late":     {"b", "second", soon},
		"expired":      {"c", "register", noon},
		"unknown":      {"x", "login", noon},
	} {
		_, err1 := p.Challenge(p.ctx, []byte(c.token), c.kind, c.at)
		_, err2 := p.TakeChallenge(p.ctx, []byte(c.token), c.kind, c.at)
		p.wants(news.ErrNotFound, err1, what)
		p.wants(news.ErrNotFound, err2, what)
	}
	p.once(50, func() error {
		got, err := p.TakeChallenge(p.ctx, []byte("a"), "login", noon)
		if err == nil && (got.MemberID != nil || string(got.Data) != "{\x00}") {
			p.Errorf("took %+v", got)
		}
		return err
	})
	if n, err := p.SweepChallenges(p.ctx, noon); err != nil || n != 1 {
		p.Errorf("swept %d, %v; want 1", n, err)
	}
	_, err := p.TakeChallenge(p.ctx, []byte("b"), "second", noon)
	p.must(err)
}
