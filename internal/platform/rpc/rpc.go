// Package rpc is the wire between modules in different processes: a link to the process of another module, a server for
// the contracts of the own ones, and what travels along with every call: who acts, which request it belongs to, its
// idempotency key, and how it is refused. It knows no module.
//
// The .proto files of the contracts stand in each module's remote/. Their messages have the fields of the contract's own
// values under the same names, so that Message and Value turn one into the other for all of them.
package rpc

import (
	"encoding/json"
	"fmt"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	"erp/internal/platform/fault"
	"erp/internal/platform/id"
)

// Message fills the message with the value. A field of the value that the message lacks is an error, so that nothing
// is lost on the way.
func Message[M proto.Message](value any, message M) (M, error) {
	raw, err := json.Marshal(value)
	if err == nil {
		err = protojson.Unmarshal(raw, message)
	}
	if err != nil {
		return message, fmt.Errorf("put %T on the wire: %w", value, err)
	}
	return message, nil
}

// Messages is Message for many.
func Messages[V any, M proto.Message](values []V, empty func() M) ([]M, error) {
	out := make([]M, len(values))
	for i, value := range values {
		var err error
		if out[i], err = Message(value, empty()); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Value reads the message. What a newer peer has added is left out.
func Value[V any](message proto.Message) (V, error) {
	var value V
	raw, err := protojson.Marshal(message)
	if err == nil {
		err = json.Unmarshal(raw, &value)
	}
	if err != nil {
		return value, fmt.Errorf("read %T off the wire: %w", value, err)
	}
	return value, nil
}

// Values is Value for many; nil for none.
func Values[V any, M proto.Message](messages []M) ([]V, error) {
	var out []V
	for _, message := range messages {
		value, err := Value[V](message)
		if err != nil {
			return nil, err
		}
		out = append(out, value)
	}
	return out, nil
}

// Texts writes ids for the wire.
func Texts[T any](ids []id.Of[T]) []string {
	out := make([]string, len(ids))
	for i, one := range ids {
		out[i] = one.String()
	}
	return out
}

// IDs reads ids off the wire; one that is none is Invalid. Empty text is the zero id.
func IDs[T any](texts []string) ([]id.Of[T], error) {
	out := make([]id.Of[T], len(texts))
	for i, text := range texts {
		if err := out[i].UnmarshalText([]byte(text)); err != nil {
			return nil, fault.New(fault.Invalid, "invalid-input", "Some fields need your attention.").At(fmt.Sprintf("ids[%d]", i), err.Error())
		}
	}
	return out, nil
}

// ID reads one id off the wire.
func ID[T any](text string) (id.Of[T], error) {
	ids, err := IDs[T]([]string{text})
	if err != nil {
		return id.Of[T]{}, err
	}
	return ids[0], nil
}
