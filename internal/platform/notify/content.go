package notify

import (
	"embed"
	"fmt"
	"html/template"
	"strings"
	texttemplate "text/template"
)

// Content is what a mail says.
type Content struct{ Subject, Text, HTML string }

//go:embed templates
var files embed.FS

// Render writes a template in a language. Facts come from people: they stand escaped in the HTML, and a subject is one
// line whatever they hold. A template may have a foot of its own.
func Render(language, name string, facts map[string]string) (Content, error) {
	t, err := texttemplate.New("mail").Option("missingkey=error").ParseFS(files, "templates/"+language+"/foot.txt", "templates/"+language+"/"+name+".txt")
	if err != nil {
		return Content{}, fmt.Errorf("read template of mail: %w", err)
	}
	var c Content
	parts := map[string]string{"subject": "", "body": "", "button": "", "foot": ""}
	for part := range parts {
		var b strings.Builder
		if t.Lookup(part) == nil {
			continue
		}
		if err := t.ExecuteTemplate(&b, part, facts); err != nil {
			return Content{}, fmt.Errorf("write %s of mail: %w", part, err)
		}
		parts[part] = strings.TrimSpace(b.String())
	}
	c.Subject = strings.Join(strings.Fields(parts["subject"]), " ")
	c.Text = text(parts, facts["link"])
	c.HTML, err = html(c.Subject, parts, language, facts["link"])
	return c, err
}

func subjectOf(language, name string, facts map[string]string) (string, error) {
	t, err := texttemplate.New("mail").Option("missingkey=error").ParseFS(files, "templates/"+language+"/"+name+".txt")
	if err != nil {
		return "", fmt.Errorf("read template of mail: %w", err)
	}
	var b strings.Builder
	if err := t.ExecuteTemplate(&b, "subject", facts); err != nil {
		return "", fmt.Errorf("write subject of mail: %w", err)
	}
	return strings.Join(strings.Fields(b.String()), " "), nil
}

func text(parts map[string]string, link string) string {
	out := parts["body"]
	if link != "" {
		out += "\n\n" + parts["button"] + ":\n" + link
	}
	return out + "\n\n-- \n" + parts["foot"] + "\n"
}

func html(subject string, parts map[string]string, language, link string) (string, error) {
	t, err := template.ParseFS(files, "templates/layout.html")
	if err != nil {
		return "", fmt.Errorf("read layout of mail: %w", err)
	}
	var b strings.Builder
	err = t.Execute(&b, map[string]any{
		"Language": language, "Subject": subject, "Paragraphs": strings.Split(parts["body"], "\n\n"),
		"Button": parts["button"], "Link": link, "Foot": parts["foot"],
	})
	if err != nil {
		return "", fmt.Errorf("write layout of mail: %w", err)
	}
	return b.String(), nil
}
