package domain

import (
	"bytes"
	"image"
	_ "image/jpeg" // because a logo may be a JPEG
	_ "image/png"  // because a logo may be a PNG

	"erp/internal/platform/fault"
)

// The bounds of a logo: enough for print, too little to exhaust memory.
const (
	MaxLogoBytes = 512 << 10
	maxLogoSide  = 4000
	maxLogoArea  = 8_000_000
)

// LogoType looks at the picture itself, whatever it is called, and names its media type. Anything but a whole PNG or
// JPEG within the bounds is Invalid.
func LogoType(picture []byte) (string, error) {
	refuse := func(message string, args ...any) (string, error) {
		var p fault.Problems
		p.Add("body.content", message, args...)
		return "", p.Err()
	}
	if len(picture) > MaxLogoBytes {
		return refuse("must be at most %d KiB", MaxLogoBytes>>10)
	}
	config, format, err := image.DecodeConfig(bytes.NewReader(picture))
	if err != nil || (format != "png" && format != "jpeg") {
		return refuse("must be a PNG or JPEG picture")
	}
	if config.Width > maxLogoSide || config.Height > maxLogoSide || config.Width*config.Height > maxLogoArea {
		return refuse("must be at most %d pixels wide and high", maxLogoSide)
	}
	if _, _, err := image.Decode(bytes.NewReader(picture)); err != nil {
		return refuse("is a damaged picture")
	}
	return "image/" + format, nil
}
