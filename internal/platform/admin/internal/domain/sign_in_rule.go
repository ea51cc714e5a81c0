package domain

import "time"

// SignInRule is what the company asks of everybody who signs in. The zero asks for nothing more than each role does.
type SignInRule struct {
	One          bool `gorm:"primaryKey"` // there is one
	SecondFactor bool
	Version      int
	UpdatedAt    time.Time
}
