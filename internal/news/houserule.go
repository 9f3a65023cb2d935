package news

// A HouseRule is one rule of the conversation. Removing a comment names one.
type HouseRule struct {
	Key   string // in forms and in the record
	Title string // in the stub: "Comment removed by a moderator: personal attack."
	Text  string // one sentence, on the page of the rules
}

// HouseRules are the rules of the conversation, in the order they are shown.
var HouseRules = []HouseRule{
	{"attack", "personal attack", "Argue with the point, not the person: no insults, no threats, no naming of private people."},
	{"hate", "contempt for a group", "Nobody is less for what they are: no slurs, no calls to hatred."},
	{"false", "false claim of fact", "Say where a claim comes from; what is plainly untrue and matters is taken down."},
	{"off-topic", "off topic", "Stay with the story; there is another place for the rest."},
	{"spam", "advertising or spam", "No advertising, no serial posting, no links that lead elsewhere than they say."},
	{"private", "private information", "No addresses, numbers or other people's private matters."},
	{"law", "against the law", "Nothing that the law forbids us to publish."},
}

// HouseRuleByKey returns a rule.
func HouseRuleByKey(key string) (HouseRule, bool) {
	for _, r := range HouseRules {
		if r.Key == key {
			return r, true
		}
	}
	return HouseRule{}, false
}
