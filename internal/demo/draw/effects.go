package main

import "math"

// each calls f for every pixel of the rows from y0 to y1 with its sheet place.
func (c *Canvas) each(y0, y1 float64, f func(px, py int, x, y float64)) {
	for py := max(0, int(y0*c.s)); py < min(c.h, int(math.Ceil(y1*c.s))); py++ {
		for px := range c.w {
			f(px, py, (float64(px)+.5)/c.s, (float64(py)+.5)/c.s)
		}
	}
}

// Sky fills the sheet down to y with evenly spaced colours.
func (c *Canvas) Sky(y float64, cols ...RGB) {
	c.Fill(rect(-5, -5, sheetW+10, y+10), down(0, y, cols...), 1)
}

// Clouds lays a bank of cloud between y0 and y1: sx and sy are the size of a
// cloud, cover goes from 0 (clear) to 1 (closed), and light comes from (lx, ly).
func (c *Canvas) Clouds(y0, y1, sx, sy, cover float64, lit, dark RGB, a, lx, ly float64) {
	c.seed++
	seed := c.seed
	c.each(y0, y1, func(px, py int, x, y float64) {
		t := (y - y0) / (y1 - y0)
		band := smooth(0, .25, t) * (1 - smooth(.6, 1, t))
		if band <= 0 {
			return
		}
		k := 1.25 - .6*t // clouds farther off, near the horizon, are smaller
		n := fbm(seed, x/sx/k, y/sy/k, 4)
		v := smooth(.3-cover*.8, .75-cover*.8, n+.12)
		if v <= 0 {
			return
		}
		d := math.Hypot(lx-x, ly-y) + 1
		m := fbm(seed, (x+(lx-x)/d*sx*.16)/sx/k, (y+(ly-y)/d*sy*.16)/sy/k, 3)
		c.put(px, py, dark.mix(lit, .5+2.2*(n-m)), v*band*a, over)
	})
}

// Glow adds round light of radius r.
func (c *Canvas) Glow(x, y, r float64, col RGB, k float64) { c.GlowE(x, y, r, r, col, k) }

// GlowE adds light of elliptic shape.
func (c *Canvas) GlowE(x, y, rx, ry float64, col RGB, k float64) {
	x0, x1 := max(0, int((x-rx)*c.s)), min(c.w, int((x+rx)*c.s)+1)
	y0, y1 := max(0, int((y-ry)*c.s)), min(c.h, int((y+ry)*c.s)+1)
	for py := y0; py < y1; py++ {
		for px := x0; px < x1; px++ {
			dx, dy := ((float64(px)+.5)/c.s-x)/rx, ((float64(py)+.5)/c.s-y)/ry
			d := dx*dx + dy*dy
			if d < 1 {
				f := (1 - d) * (1 - d)
				c.put(px, py, col, k*f*f/(1+6*d), screen)
			}
		}
	}
}

// Bloom lets what is brighter than a threshold shine over its surroundings.
func (c *Canvas) Bloom(above, r, k float64) {
	n := max(1, int(r*c.s/1.7))
	ch := make([]float32, c.w*c.h)
	lum := make([]float32, c.w*c.h)
	for i := range lum {
		v := .35*c.pix[3*i] + .5*c.pix[3*i+1] + .15*c.pix[3*i+2]
		lum[i] = float32(smooth(above, above+.25, float64(v)))
	}
	for b := range 3 {
		for i := range ch {
			ch[i] = c.pix[3*i+b] * lum[i]
		}
		for range 3 {
			boxBlur(ch, c.w, c.h, n)
		}
		for i := range ch {
			o := c.pix[3*i+b]
			c.pix[3*i+b] = 1 - (1-o)*(1-float32(math.Min(1, k*float64(ch[i]))))
		}
	}
}

// Mist lays uneven mist that is thickest halfway between y0 and y1.
func (c *Canvas) Mist(y0, y1 float64, col RGB, a float64) {
	c.seed++
	seed := c.seed
	c.each(y0, y1, func(px, py int, x, y float64) {
		t := clamp((y-y0)/(y1-y0), 0, 1)
		n := .65 + .6*fbm(seed, x/420, y/90, 3)
		c.put(px, py, col, a*n*math.Pow(math.Sin(math.Pi*t), 1.5), over)
	})
}

// Reflect mirrors what is above y0 into the water below, down to y1: wave is
// the size of the ripples and deep the share of the tint, which grows nearer.
func (c *Canvas) Reflect(y0, y1, wave float64, tint RGB, deep float64) {
	c.seed++
	seed := c.seed
	src := append([]float32(nil), c.pix...)
	get := func(x, y float64, k int) float64 {
		px := int(clamp(x*c.s, 0, float64(c.w-1)))
		py := int(clamp(y*c.s, 0, float64(c.h-1)))
		return float64(src[3*(py*c.w+px)+k])
	}
	c.each(y0, y1, func(px, py int, x, y float64) {
		d := y - y0
		z := math.Log(1+d/14) * 9 // rows of waves lie closer together far off
		n := fbm(seed, x/(60+d*.9), z, 3)
		amp := wave * (.15 + d/110)
		var col [3]float64
		for k := range col {
			for i := -2.0; i <= 2; i++ {
				col[k] += get(x+amp*n+i*wave*.12, y0-d*.96+amp*(n*.8+i*.35)-2, k) / 5
			}
		}
		t := clamp(deep*(.45+.75*d/(y1-y0))-.28*n*deep, 0, 1)
		c.put(px, py, RGB{col[0], col[1], col[2]}.mix(tint, t), 1, over)
	})
}

// Glints scatters short level lights over water between y0 and y1.
func (c *Canvas) Glints(y0, y1 float64, n int, col RGB, a float64) {
	for range n {
		t := c.r(0, 1)
		y := y0 + (y1-y0)*t*t
		l := (6 + 60*t*t) * c.r(.4, 1.2)
		c.Screen(ellipse(c.r(0, sheetW), y, l, .5+1.6*t), col, a*c.r(.2, 1))
	}
}

// Rain draws n falling streaks.
func (c *Canvas) Rain(n int, length, slant float64, col RGB, a float64) {
	for range n {
		x, y, k := c.r(-50, sheetW+50), c.r(-60, sheetH), c.r(.4, 1)
		c.Line(col, a*k, .6+k, x, y, x+slant*length*k, y+length*k)
	}
}

// Stars scatters n stars above y.
func (c *Canvas) Stars(n int, y float64, col RGB) {
	for range n {
		k := math.Pow(c.rnd.Float64(), 5)
		sx, sy := c.r(0, sheetW), c.r(0, y)
		c.Screen(circle(sx, sy, .7+1.1*k), col, (.25+.75*k)*(1-.7*smooth(.5*y, y, sy)))
	}
}

// Vignette darkens the corners by k.
func (c *Canvas) Vignette(k float64) {
	c.each(0, sheetH, func(px, py int, x, y float64) {
		d := math.Hypot((x-600)/720, (y-400)/480)
		c.put(px, py, RGB{}, k*smooth(.55, 1.45, d), over)
	})
}

// Tint mixes a colour over everything between y0 and y1.
func (c *Canvas) Tint(y0, y1 float64, col RGB, a0, a1 float64) {
	c.each(y0, y1, func(px, py int, _, y float64) {
		c.put(px, py, col, a0+(a1-a0)*(y-y0)/(y1-y0), over)
	})
}
