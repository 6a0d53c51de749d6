package lexicon

import (
	"slices"
	"strings"
)

// Sets of words that take one another's place (contrast.txt) and kinds with the
// things that are one of them:
//
//	城市 城镇 农村 城乡          a set
//	粮食 > 小麦 玉米 稻谷        a kind and its things
//	死亡 = 遇难 丧生             a word and others that say the same
type contrasts struct {
	sets  [][]string
	kinds []kindSet
	same  *strings.Replacer
}

type kindSet struct{ kinds, things []string }

func (c *contrasts) load() {
	var same []string
	eachLine("contrast", func(_ int, line string) {
		if kinds, things, ok := strings.Cut(line, ">"); ok {
			c.kinds = append(c.kinds, kindSet{strings.Fields(kinds), strings.Fields(things)})
			return
		}
		if word, others, ok := strings.Cut(line, "="); ok {
			for _, w := range strings.Fields(others) {
				same = append(same, w, strings.TrimSpace(word))
			}
			return
		}
		c.sets = append(c.sets, strings.Fields(line))
	})
	c.same = strings.NewReplacer(same...)
}

// Same puts one word in the place of others that say the same: 死亡 for 遇难.
func (c *contrasts) Same(s string) string { return c.same.Replace(s) }

// Sibling is the word of a set that old holds where new is another of the set:
// 城市 of 城市低保 beside 农村. It is empty if there is none.
func (c *contrasts) Sibling(old, new string) string {
	for _, set := range c.sets {
		if !slices.Contains(set, new) {
			if old := siblingHead(set, old, new); old != "" {
				return old
			}
			continue
		}
		for _, w := range set {
			if w != new && strings.Contains(old, w) && !strings.Contains(old, new) {
				return w
			}
		}
	}
	return ""
}

// Contrasted reports words that begin with one of a set: 城市低保对象.
func (c *contrasts) Contrasted(s string) bool {
	return slices.ContainsFunc(c.sets, func(set []string) bool {
		return slices.ContainsFunc(set, func(w string) bool { return strings.HasPrefix(s, w) })
	})
}

// siblingHead is what old holds in the place of new where both begin with a word of
// the set and go on alike: 分散供养 beside 集中供养.
func siblingHead(set []string, old, new string) string {
	for _, w := range set {
		rest, ok := strings.CutPrefix(new, w)
		if !ok || len(rest) < 6 || len(w) < 6 {
			continue
		}
		for _, v := range set {
			if v != w && strings.Contains(old, v+rest) {
				return v + rest
			}
		}
	}
	return ""
}

// Class is the word of a set that thing begins with where other goes on like the rest of it for two
// characters and more: 农村 of 农村低保户 for 低保对象; empty if there is none.
func (c *contrasts) Class(thing, other string) string {
	if c.Contrasted(other) {
		return ""
	}
	for _, set := range c.sets {
		for _, w := range set {
			if rest, ok := strings.CutPrefix(thing, w); ok && len(rest) >= 6 && len(other) >= 6 && rest[:6] == other[:6] {
				return w
			}
		}
	}
	return ""
}

// Both is what two things have in common that begin with words of one set: 低保户 of
// 城镇低保户 and 农村低保户; empty if they do not.
func (c *contrasts) Both(a, b string) string {
	for _, set := range c.sets {
		for _, w := range set {
			rest, ok := strings.CutPrefix(a, w)
			if head, end := strings.CutSuffix(b, rest); ok && end && rest != "" && head != w && slices.Contains(set, head) {
				return rest
			}
		}
	}
	return ""
}

// Under reports whether thing is one of a kind that the words of kind name:
// 小麦 of 粮食.
func (c *contrasts) Under(thing, kind string) bool {
	return slices.ContainsFunc(c.kinds, func(k kindSet) bool {
		return slices.Contains(k.things, thing) && slices.ContainsFunc(k.kinds, func(w string) bool { return strings.HasSuffix(kind, w) })
	})
}

// Peers reports two things of one kind, or a thing and its kind: 油料 and 棉花.
func (c *contrasts) Peers(a, b string) bool {
	return slices.ContainsFunc(c.kinds, func(k kindSet) bool {
		return slices.Contains(k.things, a) && (slices.Contains(k.things, b) || slices.Contains(k.kinds, b))
	})
}
