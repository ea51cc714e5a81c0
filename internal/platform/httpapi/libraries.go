package httpapi

import (
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"
	"github.com/gin-gonic/gin"
)

// configureLibraries sets, once, what the libraries keep in package variables.
var configureLibraries = sync.OnceFunc(func() { //nolint:gochecknoglobals // because the libraries' settings are global
	gin.SetMode(gin.ReleaseMode)
	huma.ValidateStrictCasing = true
	huma.DefaultArrayNullable = false
	huma.ErrorFormatter = sentence //nolint:reassign // because the library keeps its settings in variables
	huma.NewErrorWithContext = problemFromHuma
	huma.NewError = func(status int, msg string, errs ...error) huma.StatusError {
		return problemFromHuma(nil, status, msg, errs...)
	}
	inPlainWords()
})

// inPlainWords replaces the validator's sentences, which people see beside the fields of a form.
func inPlainWords() {
	validation.MsgUnexpectedProperty = "is not a known field"
	validation.MsgExpectedRFC3339DateTime = "must be a time such as 2026-11-25T09:30:00Z"
	validation.MsgExpectedRFC3339Date = "must be a date such as 2026-11-25"
	validation.MsgExpectedRFC3339Time = "must be a time of day such as 09:30:00Z"
	validation.MsgExpectedRFC5322Email = "must be an e-mail address"
	validation.MsgExpectedRFC3986URI = "must be an address such as https://example.com"
	validation.MsgExpectedRFC4122UUID = "must be a UUID"
	validation.MsgExpectedBoolean = "must be true or false"
	validation.MsgExpectedNumber = "must be a number"
	validation.MsgExpectedInteger = "must be a whole number"
	validation.MsgExpectedString = "must be text"
	validation.MsgExpectedBase64String = "must be base64"
	validation.MsgExpectedArray = "must be a list"
	validation.MsgExpectedObject = "must be an object"
	validation.MsgExpectedArrayItemsUnique = "must not repeat a value"
	validation.MsgExpectedOneOf = "must be one of %s"
	validation.MsgExpectedMinimumNumber = "must be at least %v"
	validation.MsgExpectedExclusiveMinimumNumber = "must be more than %v"
	validation.MsgExpectedMaximumNumber = "must be at most %v"
	validation.MsgExpectedExclusiveMaximumNumber = "must be less than %v"
	validation.MsgExpectedNumberBeMultipleOf = "must be a multiple of %v"
	validation.MsgExpectedMinLength = "must have at least %d characters"
	validation.MsgExpectedMaxLength = "must have at most %d characters"
	validation.MsgExpectedBePattern = "must be %s"
	validation.MsgExpectedMatchPattern = "must match %s"
	validation.MsgExpectedMinItems = "must have at least %d entries"
	validation.MsgExpectedMaxItems = "must have at most %d entries"
}

// sentence formats a validator's message; a message without a verb ignores its arguments, which echo the input.
func sentence(format string, args ...any) string {
	if !strings.Contains(format, "%") {
		return format
	}
	if len(args) == 1 && fmt.Sprint(args[0]) == "1" {
		switch format {
		case validation.MsgExpectedMinLength:
			return "must not be empty"
		case validation.MsgExpectedMinItems:
			return "must have at least one entry"
		}
	}
	for i, arg := range args {
		if number, ok := arg.(float64); ok { // %v would write 2.147483647e+09
			args[i] = strconv.FormatFloat(number, 'f', -1, 64)
		}
	}
	return fmt.Sprintf(format, args...)
}
