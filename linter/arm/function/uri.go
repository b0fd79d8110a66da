package function

import (
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
)

// uriRows compose and take apart URIs.
var uriRows = []row{
	{name: "uri", min: 2, max: 2, text: composed, run: uri},
	{name: "uriComponent", min: 1, max: 1, text: opaque, run: uriComponent},
	{name: "uriComponentToString", min: 1, max: 1, text: opaque, run: change(unescapeURI)},
	{name: "parseUri", min: 1, max: 1, run: parseURI},
	{name: "buildUri", min: 1, max: 1, needs: content, run: buildURI},
}

// uri resolves a relative URI against an absolute one as RFC 3986 says.
func uri(c *call) (*value.Value, error) {
	texts, err := c.strings(0)
	if err != nil {
		return nil, err
	}
	base, ok := absoluteURI(texts[0])
	if !ok {
		return nil, c.errorf("expects its first argument to be a uri string. The provided value is '%s'.", describe(c.args[0]))
	}
	relative, err := url.Parse(escapeSpaces(texts[1]))
	if err != nil {
		return nil, c.errorf("expects its second argument to be a relative uri string. The provided value is '%s'.", describe(c.args[1]))
	}
	resolved := base.ResolveReference(relative)
	normalize(resolved)
	return c.text(resolved.String())
}

// absoluteURI reads a URI with a scheme and a host.
func absoluteURI(s string) (*url.URL, bool) {
	u, err := url.Parse(escapeSpaces(strings.TrimSpace(s)))
	if err != nil || !u.IsAbs() || u.Host == "" && u.Scheme != "file" && u.Opaque == "" {
		return nil, false
	}
	normalize(u)
	return u, true
}

// escapeSpaces makes a URI of what people write.
func escapeSpaces(s string) string { return strings.ReplaceAll(s, " ", "%20") }

// defaultPorts are the ports that a URI need not name.
var defaultPorts = map[string]int64{"http": 80, "https": 443, "ftp": 21}

// normalize writes the host in lower case, drops the scheme's own port and
// gives a URI without a path the root.
func normalize(u *url.URL) {
	u.Host = strings.ToLower(u.Host)
	if port, ok := defaultPorts[u.Scheme]; ok {
		u.Host = strings.TrimSuffix(u.Host, ":"+strconv.FormatInt(port, 10))
		if u.Path == "" {
			u.Path = "/"
		}
	}
}

// uriComponent escapes all but the unreserved characters of RFC 3986.
func uriComponent(c *call) (*value.Value, error) {
	s, err := c.str(0)
	if err != nil {
		return nil, err
	}
	const hexDigits = "0123456789ABCDEF"
	size := len(s)
	for i := 0; i < len(s); i++ {
		if !isUnreserved(s[i]) {
			size += 2
		}
	}
	if err := c.budget().Text(int64(size)); err != nil {
		return nil, err
	}
	escaped := make([]byte, 0, size)
	for i := 0; i < len(s); i++ {
		if isUnreserved(s[i]) {
			escaped = append(escaped, s[i])
		} else {
			escaped = append(escaped, '%', hexDigits[s[i]>>4], hexDigits[s[i]&15])
		}
	}
	return value.NewString(string(escaped)), nil
}

func isUnreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-_.~", c) >= 0
}

// unescapeURI replaces the %XX that are UTF-8 text and leaves the others.
func unescapeURI(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	var text strings.Builder
	for i := 0; i < len(s); {
		run, width := escapedBytes(s[i:])
		if width == 0 {
			text.WriteByte(s[i])
			i++
			continue
		}
		for at := 0; at < len(run); {
			r, size := utf8.DecodeRune(run[at:])
			if r == utf8.RuneError && size <= 1 {
				text.WriteString(s[i+3*at : i+3*at+3])
				at++
				continue
			}
			text.WriteRune(r)
			at += size
		}
		i += width
	}
	return text.String()
}

// escapedBytes decodes the run of %XX that s begins with.
func escapedBytes(s string) (run []byte, width int) {
	for width+2 < len(s) && s[width] == '%' {
		b, err := strconv.ParseUint(s[width+1:width+3], 16, 8)
		if err != nil {
			break
		}
		run = append(run, byte(b))
		width += 3
	}
	return run, width
}

// parseURI takes an absolute URI apart: scheme, host, port (null for the
// scheme's own), path and, where there is one, query and fragment.
func parseURI(c *call) (*value.Value, error) {
	s, err := c.str(0)
	if err != nil {
		return nil, err
	}
	u, ok := absoluteURI(s)
	if !ok {
		return nil, c.errorf("expects its parameter to be a uri string. The provided value is '%s'.", describe(c.args[0]))
	}
	port := value.NewNull()
	if n, err := strconv.ParseInt(u.Port(), 10, 64); err == nil {
		port = value.NewInt(n)
	}
	members := []value.Member{
		{Name: "scheme", Value: value.NewString(u.Scheme)},
		{Name: "host", Value: value.NewString(u.Hostname())},
		{Name: "port", Value: port},
		{Name: "path", Value: value.NewString(u.EscapedPath())},
	}
	if u.RawQuery != "" {
		members = append(members, value.Member{Name: "query", Value: value.NewString("?" + u.RawQuery)})
	}
	if u.Fragment != "" {
		members = append(members, value.Member{Name: "fragment", Value: value.NewString("#" + u.EscapedFragment())})
	}
	return value.NewObject(members), nil
}

func prefixed(prefix, s string) string {
	if s == "" {
		return ""
	}
	return prefix + s
}

// buildURI makes a URI of the members that parseUri gives.
func buildURI(c *call) (*value.Value, error) {
	parts, err := c.object(0)
	if err != nil {
		return nil, err
	}
	get := func(name string) string {
		if v := parts.Get(name); v != nil {
			return scalarText(v)
		}
		return ""
	}
	scheme, host := get("scheme"), get("host")
	if scheme == "" || host == "" {
		return nil, c.errorf("expects its parameter to be an object with the properties 'scheme' and 'host'.")
	}
	if port := get("port"); port != "" && port != strconv.FormatInt(defaultPorts[scheme], 10) && port != "-1" {
		host += ":" + port
	}
	path := get("path")
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	query := prefixed("?", strings.TrimPrefix(get("query"), "?"))
	fragment := prefixed("#", strings.TrimPrefix(get("fragment"), "#"))
	return c.text(scheme + "://" + host + path + query + fragment)
}
