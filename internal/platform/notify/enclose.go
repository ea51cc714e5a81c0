package notify

import "context"

// File goes along with a mail.
type File struct {
	Name, ContentType string
	Content           []byte
}

// Enclosure is what a mail carries beside its words: files, and whom an answer reaches.
type Enclosure struct {
	Sender  string // shown beside the program's own address
	ReplyTo string
	Files   []File
}

// Encloser makes the enclosure at the moment of sending. NotFound means that the mail is not wanted any more.
type Encloser func(ctx context.Context, about string) (Enclosure, error)

// Enclose names who makes what goes along with mails of a template. All are named before the jobs start.
func (m *Mailer) Enclose(template string, e Encloser) { m.enclosers[template] = e }

func (m *Mailer) enclosed(ctx context.Context, l letter) (Enclosure, error) {
	if enclose, ok := m.enclosers[l.template]; ok {
		return enclose(ctx, l.about)
	}
	return Enclosure{}, nil
}
