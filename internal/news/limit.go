package news

import "time"

// A Limit is how often something may happen under one key: Burst times at
// once, and then once per Per/Burst on average.
type Limit struct {
	Name  string // begins the key, such as "login-account"
	Burst int
	Per   time.Duration
}

// The limits at the gate (SECURITY R1). Accounts and address networks are
// counted apart; a refusal says when to come back.
var (
	LimitLoginAccount   = Limit{"login-account", 5, 15 * time.Minute} // failures, per account and address network
	LimitLoginAny       = Limit{"login-any", 100, 24 * time.Hour}     // failures, per account from anywhere
	LimitLoginNetwork   = Limit{"login-network", 10, time.Minute}     // failures, per address network
	LimitJoinNetwork    = Limit{"join-network", 5, time.Hour}
	LimitJoinDay        = Limit{"join-day", 20, 24 * time.Hour}          // per address network
	LimitMailAddress    = Limit{"mail-address", 3, time.Hour}            // reset, log-in and confirmation mails to one address
	LimitMailDay        = Limit{"mail-day", 10, 24 * time.Hour}          // to one address
	LimitMailNetwork    = Limit{"mail-network", 10, time.Hour}           // asked for from one address network
	LimitSecond         = Limit{"second", 5, 15 * time.Minute}           // wrong second-factor codes, per account
	LimitPasskeyNetwork = Limit{"passkey-network", 60, 10 * time.Minute} // log-ins by passkey begun from one address network
	LimitReport         = Limit{"report", 20, time.Hour}                 // reports, per member (SECURITY R1)
	LimitRecommend      = Limit{"recommend", 60, 10 * time.Minute}       // presses, per member
	LimitKeepNetwork    = Limit{"keep-network", 30, time.Hour}           // comments kept for signed-out readers
)
