package pdf

import "math"

// A matrix maps (x, y) to (ax+cy+e, bx+dy+f), as in PDF.
type matrix struct{ a, b, c, d, e, f float64 }

var identity = matrix{1, 0, 0, 1, 0, 0}

// then returns the map that applies m first and n after it.
func (m matrix) then(n matrix) matrix {
	return matrix{
		m.a*n.a + m.b*n.c, m.a*n.b + m.b*n.d,
		m.c*n.a + m.d*n.c, m.c*n.b + m.d*n.d,
		m.e*n.a + m.f*n.c + n.e, m.e*n.b + m.f*n.d + n.f,
	}
}

func (m matrix) point(x, y float64) (float64, float64) {
	return m.a*x + m.c*y + m.e, m.b*x + m.d*y + m.f
}

// vector maps a direction: without the shift.
func (m matrix) vector(x, y float64) (float64, float64) {
	return m.a*x + m.c*y, m.b*x + m.d*y
}

func (m matrix) sane() bool {
	s := math.Abs(m.a) + math.Abs(m.b) + math.Abs(m.c) + math.Abs(m.d) + math.Abs(m.e) + math.Abs(m.f)
	return s < 1e9 // also false for NaN
}

func matrixOf(v []float64) (matrix, bool) {
	if len(v) != 6 {
		return identity, false
	}
	return matrix{v[0], v[1], v[2], v[3], v[4], v[5]}, true
}

// upright maps a page's user space to the upright page with y downwards, and
// returns the size of the upright page.
func upright(x0, y0, x1, y1 float64, rotate int) (m matrix, width, height float64) {
	w, h := x1-x0, y1-y0
	switch ((rotate % 360) + 360) % 360 / 90 {
	case 1:
		return matrix{0, 1, 1, 0, -y0, -x0}, h, w
	case 2:
		return matrix{-1, 0, 0, 1, x1, -y0}, w, h
	case 3:
		return matrix{0, -1, -1, 0, y1, x1}, h, w
	}
	return matrix{1, 0, 0, -1, -x0, y1}, w, h
}

// directionOf classifies a direction on the page (y downwards).
func directionOf(dx, dy float64) direction {
	const slope = 0.12 // about 7 degrees
	switch ax, ay := math.Abs(dx), math.Abs(dy); {
	case ay <= slope*ax && dx >= 0:
		return right
	case ay <= slope*ax:
		return left
	case ax <= slope*ay && dy > 0:
		return down
	case ax <= slope*ay:
		return up
	}
	return oblique
}
