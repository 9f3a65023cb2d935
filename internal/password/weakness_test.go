package password

import (
	"strings"
	"testing"

	"github.com/trustelem/zxcvbn/frequency"
)

func TestWeakness(t *testing.T) {
	for _, weak := range []string{
		"password", "Password123!", "PASSWORD2024", "iloveyou!!!!", "aaaaaaaaaaaaaaaa", "abcabcabcabc", "passwordpassword",
		"qwertyuiopasdf", "123456789012", "1qaz2wsx3edc", "zyxwvutsrqpo", "qwertyuiop12", "poiuytrewq09",
		"ada.lovelace1", "AdaLovelace12", "thetestpaper1", "The Test Paper 9",
	} {
		if Weakness(weak, "ada.lovelace@paper.example", "Ada Lovelace", "The Test Paper") == "" {
			t.Errorf("%q passes", weak)
		}
	}
	for _, fine := range []string{
		"correct horse battery", "three wet ducks", "broadsheet-demo", "пароль-довольно-длинный", "a long test password",
		"my aunt Ada sings in the rain", "twelve letters", "日本語のとても長い合言葉です",
	} {
		if why := Weakness(fine, "ada.lovelace@paper.example", "Ada Lovelace", "The Test Paper"); why != "" {
			t.Errorf("%q is refused: %s", fine, why)
		}
	}
}

// Every common password is refused, as it is and with what people put behind.
func TestCommonPasswordsAreRefused(t *testing.T) {
	list := frequency.FrequencyLists["passwords"]
	if len(list) < 10000 {
		t.Fatalf("the list has %d entries", len(list))
	}
	for i := 0; i < len(list); i += len(list) / 500 {
		for _, tail := range []string{"", "1", "12!", "2024"} {
			p := list[i] + tail
			if strings.TrimRight(list[i], "0123456789") == "" && tail != "" {
				continue // digits behind digits are another number
			}
			if Weakness(p) == "" {
				t.Errorf("%q passes", p)
			}
		}
	}
}

func TestOutdated(t *testing.T) {
	h := NewHasher()
	phc, err := h.Hash(t.Context(), "correct horse battery")
	if err != nil || h.Outdated(phc) {
		t.Errorf("a new hash is outdated (%v)", err)
	}
	old := strings.Replace(phc, "m=19456", "m=9216", 1)
	if !h.Outdated(old) {
		t.Error("a cheaper hash is not outdated")
	}
}
