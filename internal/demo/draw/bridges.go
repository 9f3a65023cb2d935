package main

import "math"

// bridgeStone is an old bridge of three arches over a slow green river.
func bridgeStone(c *Canvas) {
	const y = 540.0
	c.Sky(y, hex(0x8fbcc4), hex(0xcfdccb), hex(0xf4ead0))
	c.Clouds(-60, 330, 360, 100, .45, hex(0xfffaf0), hex(0xb6c8c6), .9, 1000, -100)
	back := c.ridge(400, 50, 300, 4)
	c.Fill(back, hex(0x9fb8a2), 1)
	mid := c.slope(func(x float64) float64 { return 500 - 70*math.Pow((x-600)/600, 2) }, 16, 200, 3)
	c.Woods(mid, -10, 1210, 96, .1, down(330, 540, hex(0x86a680), hex(0x557f66)))
	c.Fill(mid, hex(0x557f66), 1)
	c.Mist(380, 560, hex(0xf3ecd2), .5)
	deck := func(x float64) float64 { return 396 + 74*math.Pow((x-600)/600, 2) }
	var p []Pt
	for x := -20.0; x <= 1220; x += 20 {
		p = append(p, Pt{x, deck(x) - 34})
	}
	bridge := ring(append(p, Pt{1220, y + 20}, Pt{-20, y + 20}))
	stone := mottle(down(360, y, hex(0xe2cfa6), hex(0xb89f78), hex(0x7f7360)), 7, 40, 26, .16)
	var holes Path
	for _, a := range [][3]float64{{245, 112, 92}, {600, 136, 122}, {955, 112, 92}} {
		holes = append(holes, arch(a[0], y+12, a[1]*2, 12, a[2])...)
	}
	solid := bridge.cut(holes)
	// The far side of each arch shows inside the opening.
	for _, a := range [][3]float64{{245, 112, 92}, {600, 136, 122}, {955, 112, 92}} {
		c.In(arch(a[0], y, a[1]*2, 0, a[2]), func() {
			c.Fill(arch(a[0], y, a[1]*2, 0, a[2]).cut(arch(a[0]+16, y, a[1]*2-22, 0, a[2]-10)), hex(0x584f46), 1)
		})
	}
	c.Fill(solid, stone, 1)
	c.In(solid, func() {
		c.Courses(-20, 340, 1240, 220, 15, 42, hex(0x5b4d3c), .3)
		for _, a := range [][3]float64{{245, 112, 92}, {600, 136, 122}, {955, 112, 92}} {
			o := arch(a[0], y, a[1]*2+44, 0, a[2]+22)
			c.Fill(o, hex(0xeadcb8), .9)
			for i := range 27 {
				s, k := math.Sincos(math.Pi * (1 + float64(i)/26))
				c.Line(hex(0x6d5d48), .7, 1.6, a[0]+k*a[1], y+s*a[2], a[0]+k*(a[1]+24), y+s*(a[2]+24))
			}
		}
	})
	for _, x := range []float64{416, 784} {
		c.Fill(poly(x-30, y+4, x-26, deck(x)+26, x, deck(x)-2, x+26, deck(x)+26, x+30, y+4), across(x-30, x+30, hex(0xe6d5ae), hex(0xc0a880), hex(0x8f7c62)), 1)
	}
	for i := range 2 {
		var l []Pt
		for x := -20.0; x <= 1220; x += 20 {
			l = append(l, Pt{x, deck(x) - 36 + 30*float64(i)})
		}
		c.Fill(stroke(9-3*float64(i), l), []RGB{hex(0xf0e3c2), hex(0x8b7858)}[i], 1)
	}
	c.Fill(figure(520, deck(520)-38, 50).and(figure(548, deck(548)-38, 46)), hex(0x36413f), 1)
	for _, s := range []float64{-1, 1} {
		bank := c.slope(func(x float64) float64 { return y + 10 - 150*smooth(380, 640, s*(x-600)) }, 10, 70, 3)
		c.Fill(bank, down(400, 620, hex(0x7fa057), hex(0x47713f)), 1)
		c.Tree(600+s*560, y-80, 300, hex(0x2f5a3c), hex(0x86a650), 1)
		c.Tree(600+s*480, y-30, 170, hex(0x3a6a42), hex(0x9ab35a), 1)
	}
	c.Reflect(y+6, 800, 2.4, hex(0x3d6a58), .55)
	c.Glints(y+30, 790, 60, hex(0xf7f2d8), .22)
	c.Vignette(.2)
}

// bridgeNight is a cable bridge seen from the bank at night.
func bridgeNight(c *Canvas) {
	const y = 596.0
	c.Sky(y, hex(0x0b1530), hex(0x152546), hex(0x2b3f63), hex(0x6a5f78))
	c.Stars(130, 380, hex(0xdfe8ff))
	c.Clouds(60, 560, 500, 60, .3, hex(0x5a5f80), hex(0x1a2748), .6, 300, 700)
	for range 74 {
		x, w, h := c.r(-20, 1200), c.r(18, 60), c.r(20, 120)*c.r(.4, 1)
		c.Fill(rect(x, y-h, w, h), hex(0x1b2848).mix(hex(0x2c3a5c), c.r(0, 1)), 1)
		c.Panes(x+3, y-h+4, w-6, h-6, int(w/9)+1, int(h/11)+1, .4, .4, .3, hex(0xffd592), hex(0x1d2a48))
	}
	deck := func(x float64) float64 { return 478 + 46*math.Pow((x-480)/700, 2) }
	var p []Pt
	for x := -20.0; x <= 1220; x += 20 {
		p = append(p, Pt{x, deck(x)})
	}
	const px, head = 440.0, 66.0
	steel := across(px-60, px+60, hex(0xe4e9f4), hex(0x8292b4))
	c.GlowE(px, 300, 260, 380, hex(0xa9c4ff), .3)
	for i := range 19 {
		f := float64(i)
		y0 := head + 24 + 8.5*f
		for _, x := range []float64{px - 34 - (18-f)*24.5, px + 34 + (18-f)*40} {
			c.Line(hex(0xcfdcf7), .8, 1.6, px, y0, x, deck(x))
		}
	}
	c.Fill(poly(px-50, y+10, px-62, 480, px-9, head+90, px+9, head+90, px+62, 480, px+50, y+10, px+30, y+10, px+42, 482, px, head+170, px-42, 482, px-30, y+10), steel, 1)
	c.Fill(poly(px-10, head+190, px-6, head, px+6, head, px+10, head+190), steel, 1)
	c.Fill(circle(px, head-8, 4), hex(0xff6a55), 1)
	c.Glow(px, head-8, 40, hex(0xff5a44), .9)
	c.Fill(stroke(13, p).shift(0, 8), hex(0x33446a), 1)
	c.Fill(stroke(4, p), hex(0xd3def4), 1)
	for _, x := range []float64{900, 1130} {
		c.Fill(poly(x-16, deck(x)+8, x+16, deck(x)+8, x+10, y+6, x-10, y+6), hex(0x2c3a5e), 1)
	}
	for x := 20.0; x < 1200; x += 58 {
		d := deck(x)
		c.Line(hex(0x9aaccf), 1, 2, x, d, x, d-26)
		c.Fill(circle(x, d-27, 3.2), hex(0xfff0c4), 1)
		c.Glow(x, d-27, 40, hex(0xffd48a), .75)
	}
	for i := range 9 {
		x := c.r(60, 1160)
		col := []RGB{hex(0xff6a52), hex(0xfff3d8)}[i%2]
		c.Fill(ellipse(x, deck(x)-5, 7, 2.5), col, 1)
		c.Glow(x, deck(x)-5, 26, col, .8)
	}
	c.Reflect(y, 800, 4.8, hex(0x0c1832), .55)
	c.Fill(round(px-76, y-8, 152, 18, 6), hex(0x2b3857), 1)
	c.Fill(c.slope(func(x float64) float64 { return 790 - 70*smooth(360, 0, x) }, 10, 60, 4), hex(0x070d1c), 1)
	for i := range 6 {
		x := 10 + 52*float64(i)
		c.Line(hex(0x070d1c), 1, 5, x, 690+6*float64(i), x, 790)
	}
	c.Line(hex(0x070d1c), 1, 5, -10, 694, 290, 726)
	c.Bloom(.7, 14, .35)
	c.Vignette(.35)
}

// railwayViaduct is a stone viaduct that crosses a valley in autumn.
func railwayViaduct(c *Canvas) {
	c.Sky(430, hex(0x9db8bf), hex(0xd9d9c5), hex(0xf7dfb4))
	c.Glow(180, 300, 520, hex(0xffe6b0), .7)
	c.Clouds(-60, 300, 380, 70, .42, hex(0xfff3dc), hex(0xaebbb9), .8, 180, 300)
	for i, col := range []uint32{0xb9b9a0, 0x9aa182, 0x838a62} {
		f := float64(i)
		p := c.slope(func(x float64) float64 { return 330 + 56*f - 60*math.Cos((x-620-80*f)/240) }, 24, 260, 4)
		c.Fill(p, down(260, 640, hex(col), hex(col).mix(hex(0xf6e2b8), .5)), 1)
		if i > 0 {
			c.Woods(p, -10, 1210, 14+10*f, .3, hex(col).mul(.86))
		}
	}
	c.Mist(430, 660, hex(0xfbe9c4), .75)
	// Arches march from the near right into the distance on the left.
	k := Cam{X: -260, Y: 470, F: 760, Eye: 13}
	top, x := 23.0, 22.0
	ground := func(z float64) float64 { return -9*math.Pow(math.Sin(clamp((z-13)/52, 0, 1)*math.Pi), .6) + 1.5 }
	lit, shade := hex(0xdcb98a), hex(0x8f7257)
	for i := 13; i >= 0; i-- {
		z0, z1 := 13+4.3*float64(i), 13+4.3*float64(i+1)
		fade := smooth(10, 75, z0) * .6
		a, b := lit.mix(hex(0xf3e0ba), fade), shade.mix(hex(0xe6d3ae), fade)
		span := func(xx float64, col Paint) {
			var p []Pt
			p = append(p, k.at(xx, top-1.2, z0), k.at(xx, ground(z0), z0), k.at(xx, ground(z0), z0+.7))
			for j := range 17 {
				t := float64(j) / 16
				p = append(p, k.at(xx, top-4.6+2.6*math.Sin(t*math.Pi), z0+.7+(z1-z0-.7)*t))
			}
			p = append(p, k.at(xx, top-1.2, z1))
			c.Fill(ring(p), col, 1)
		}
		span(x+2.6, b.mul(.72))
		// The pier's inner face and the underside of the arch join both sides.
		c.Fill(k.flat(x, ground(z0), z0+.7, x+2.6, ground(z0), z0+.7, x+2.6, top-4.6, z0+.7, x, top-4.6, z0+.7), b.mul(.82), 1)
		for j := range 8 {
			t, u := float64(j)/16, float64(j+1)/16
			f := func(t float64) (float64, float64) { return top - 4.6 + 2.6*math.Sin(t*math.Pi), z0 + .7 + (z1-z0-.7)*t }
			ya, za := f(t)
			yb, zb := f(u)
			c.Fill(k.flat(x, ya, za, x+2.6, ya, za, x+2.6, yb, zb, x, yb, zb), b.mul(.75+.02*float64(j)), 1)
		}
		span(x, mottle(down(200, 760, a, a.mix(b, .6)), 5+i, 30, 22, .1))
		for _, h := range []float64{top - 5.2, top - 2} {
			c.Fill(k.line(.34, x, h, z0, x, h, z0+.7), a.mul(1.12), 1)
		}
	}
	c.Fill(k.side(x, top-1.4, 12, top, 74), down(0, 480, lit.mul(1.06), hex(0xf0dcb4)), 1)
	c.Fill(k.line(.5, x, top-1.4, 12, x, top-1.4, 74), shade, .8)
	c.Fill(k.line(.3, x, top, 12, x, top, 74), hex(0xf6e3bf), 1)
	for i := range 5 {
		z := 30 + 3.6*float64(i)
		c.Fill(k.side(x+1, top, z, top+2.5, z+3.3), hex(0x2f5a50).mix(hex(0xd8c8a0), .05*float64(i)), 1)
		c.Fill(k.side(x+1, top+1.2, z+.2, top+2, z+3.1), hex(0xf5e6bd), .85)
	}
	near := c.slope(func(x float64) float64 {
		return 690 - 210*smooth(380, -120, x) + 50*smooth(500, 900, x) - 60*smooth(1000, 1240, x)
	}, 14, 140, 4)
	for _, w := range []struct{ x0, x1, h float64 }{{-30, 360, 120}, {300, 640, 56}, {960, 1220, 70}} {
		for i, col := range []uint32{0xb7772f, 0x9c5a2a, 0x6e5a2e} {
			c.Woods(near.shift(0, 12*float64(i)), w.x0, w.x1, w.h*(1-.15*float64(i)), .08, down(440, 740, hex(col).mul(1.15), hex(col).mul(.75)))
		}
	}
	c.Fill(near, down(480, 800, hex(0x6f6a35), hex(0x2f3a26)), 1)
	c.Vignette(.25)
}
