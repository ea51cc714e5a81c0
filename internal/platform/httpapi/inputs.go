package httpapi

import (
	"strconv"
	"strings"

	"erp/internal/platform/page"
)

// IfMatch is embedded by the input of an operation that changes a record: the client names the version it saw. Without
// the header the answer is 428; whether the version is still current is the use case's question (412).
type IfMatch struct {
	Header string `header:"If-Match" pattern:"^(W/)?\"?[0-9]{1,9}\"?$" patternDescription:"the ETag of the version that was read, such as \"7\""`
}

// Version is the version the client saw.
func (m IfMatch) Version() int {
	v, err := strconv.Atoi(strings.Trim(strings.TrimPrefix(m.Header, "W/"), `"`))
	if err != nil { // the pattern lets only digits through
		return 0
	}
	return v
}

// ETag is the entity tag of a record's version: `"7"`.
func ETag(version int) string { return `"` + strconv.Itoa(version) + `"` }

// ListQuery is embedded by the input of every list. Filters stand beside it as query parameters of their own.
type ListQuery struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"How many rows at most"`
	Cursor string `query:"cursor" maxLength:"1000" doc:"The next value of the page before"`
	Q      string `query:"q" maxLength:"200" doc:"Words to search for"`
	Sort   string `query:"sort" maxLength:"50" pattern:"^-?[A-Za-z][A-Za-z0-9.]*$" patternDescription:"a field name, with - in front for descending" doc:"Field to sort by; - in front for descending"`
	Count  bool   `query:"count" doc:"Also count the matching rows, exactly up to 10,000"`
}

// Page is the part of the query that cuts the list.
func (q ListQuery) Page() page.Request {
	return page.Request{Limit: q.Limit, Cursor: q.Cursor, Count: q.Count}
}

// Upload is embedded by the input of an operation that takes a CSV file as its body, up to 20 MiB. RawBody is valid
// until the handler returns.
type Upload struct {
	RawBody []byte `contentType:"text/csv"`
}

// Picture is embedded by the input of an operation that takes a PNG or JPEG as its body. What the bytes really are is
// the use case's question; RawBody is valid until the handler returns.
type Picture struct {
	RawBody []byte `contentType:"image/png"`
}
