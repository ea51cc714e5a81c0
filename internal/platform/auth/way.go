package auth

// Method is how somebody signed in.
type Method string

// The methods.
const (
	ByPassword Method = "password"
	ByProvider Method = "provider" // the company's own sign-in service
	ByPasskey  Method = "passkey"
)

// Way is how a session was begun.
type Way struct {
	Method Method
	// SecondFactor says that two factors were shown: a password and a code, a passkey that checked who holds it, or
	// whatever the provider vouches for.
	SecondFactor bool
}

// waitOf tells what somebody must do who has shown one factor only. Who has an authenticator is always asked for it; a
// passkey alone is asked for where a role needs two factors.
func waitOf(authenticator, passkey, needed bool) Wait {
	switch {
	case authenticator, needed && passkey:
		return WaitConfirm
	case needed:
		return WaitSetUp
	default:
		return ""
	}
}

// Wait is what a session still waits for. Until then it lets its person do nothing but that.
type Wait string

// What can be waited for; empty is nothing.
const (
	// WaitConfirm wants the second factor that the person has.
	WaitConfirm Wait = "confirm"
	// WaitSetUp wants one to be set up, because a role needs it.
	WaitSetUp Wait = "set-up"
)
