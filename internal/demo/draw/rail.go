package main

import "math"

// railwayTracks is rails that run together under gantries at sunrise.
func railwayTracks(c *Canvas) {
	k := Cam{X: 470, Y: 430, F: 620, Eye: 3.2}
	c.Sky(440, hex(0x4f6a86), hex(0x93a0a8), hex(0xe7bd98), hex(0xfbdca0))
	c.Glow(470, 420, 480, hex(0xffe3a8), .9)
	c.Clouds(-60, 420, 620, 80, .5, hex(0xffd2a4), hex(0x5f6e82), .8, 470, 420)
	land := c.ridge(424, 10, 240, 3)
	c.Woods(land, -10, 330, 30, .3, hex(0x77706e))
	c.Woods(land, 620, 1210, 40, .2, hex(0x6d686c))
	c.Fill(land, hex(0x8c7c6c), 1)
	c.Fill(rect(-5, 430, 1210, 380), down(430, 800, hex(0xcfa986), hex(0x6d625c), hex(0x3a3a3f)), 1)
	c.Mist(390, 480, hex(0xffe2b4), .6)
	// Ballast.
	for range 500 {
		z := 3.2 / c.r(.04, .62)
		p := k.at(c.r(-14, 16), 0, z)
		c.Fill(ellipse(p.X, p.Y, 34/z, 14/z), hex(0x2b2c31).mix(hex(0xb3a08c), c.r(0, 1)), .22)
	}
	for _, x := range []float64{-9.5, -4.4, 0, 4.6, 9.4} {
		for z := 70.0; z > 4.2; z -= .9 {
			c.Fill(k.floor(x-1.35, z, x+1.35, z+.34, 0), hex(0x33302f).mix(hex(0xb3917a), smooth(8, 60, z)), 1)
		}
		for _, d := range []float64{-.72, .72} {
			c.Fill(k.line(.17, x+d, .05, 4, x+d, .05, 200), hex(0x2a2728), 1)
			c.Fill(k.line(.07, x+d, .12, 4, x+d, .12, 200), down(430, 800, hex(0xffe9c0), hex(0xe3c7a4), hex(0x9fa3a8)), 1)
		}
	}
	// A crossover between two roads.
	var x []Pt
	for i := range 20 {
		t := float64(i) / 19
		x = append(x, k.at(.72+3.9*smooth(0, 1, t), .1, 9+22*t))
	}
	c.Fill(taper(5, 1.4, x), hex(0xd9bd98), 1)
	for _, z := range []float64{110, 70, 46, 31, 21, 14, 9.6} {
		col := hex(0x1d242c).mix(hex(0xe6bd94), smooth(8, 130, z)*.8)
		for _, px := range []float64{-12.4, 12.2} {
			c.Fill(k.line(.34, px, 0, z, px, 10.4, z), col, 1)
		}
		for i := range 24 {
			a := -12.4 + 24.6*float64(i)/24
			c.Fill(k.line(.08, a, 8.8+float64(i%2)*1.1, z, a+1.03, 9.9-float64(i%2)*1.1, z), col, 1)
		}
		c.Fill(k.line(.2, -12.4, 8.8, z, 12.2, 8.8, z).and(k.line(.2, -12.4, 9.9, z, 12.2, 9.9, z)), col, 1)
		for i, px := range []float64{-9.5, -4.4, 0, 4.6, 9.4} {
			c.Fill(k.line(.1, px, 8.8, z, px, 6.9, z), col, 1)
			if z < 50 && z > 12 && int(z)%2 == 0 {
				c.Fill(k.front(px+.9, 6.6, px+1.7, 8.8, z), col, 1)
				p := k.at(px+1.3, []float64{7.1, 8.2}[(i+int(z))%2], z)
				light := []RGB{hex(0xff5a44), hex(0x5ff0a8)}[(i+int(z))%2]
				c.Fill(circle(p.X, p.Y, 190/z), light, 1)
				c.Glow(p.X, p.Y, 900/z, light, .8)
			}
		}
	}
	for _, px := range []float64{-9.5, -4.4, 0, 4.6, 9.4} {
		c.Fill(k.line(.035, px, 6.9, 3, px, 6.9, 160), hex(0x252b33), .8)
	}
	c.Glow(470, 428, 170, hex(0xfff2c8), .7)
	c.Vignette(.28)
}

// stationPlatform is an empty platform at night: a clock, lamps, wet flags.
func stationPlatform(c *Canvas) {
	k := Cam{X: 420, Y: 410, F: 640, Eye: 2.6}
	c.Sky(480, hex(0x0b1526), hex(0x14253c), hex(0x2d4560), hex(0x55646c))
	c.Clouds(-60, 420, 420, 70, .4, hex(0x3a4f66), hex(0x101c30), .7, 420, 420)
	c.Stars(70, 330, hex(0xdfe8ff))
	c.Fill(rect(-5, 404, 1210, 410), down(404, 800, hex(0x46525a), hex(0x20262d), hex(0x12161d)), 1)
	far := c.ridge(398, 8, 160, 3)
	c.Woods(far, -10, 420, 26, .3, hex(0x16222f))
	for _, p := range []float64{-7.4, -3.3} {
		for z := 60.0; z > 4; z -= 1 {
			c.Fill(k.floor(p-1.3, z, p+1.3, z+.4, -.9), hex(0x0c1016), .8)
		}
		for _, d := range []float64{-.72, .72} {
			c.Fill(k.line(.09, p+d, -.85, 4, p+d, -.85, 160), down(410, 800, hex(0xffe2a8), hex(0x7f97ab)), .9)
		}
	}
	// Platform and its white edge.
	c.Fill(k.side(-1.2, -.95, 3, 0, 120), hex(0x1a1f27), 1)
	plat := k.floor(-1.2, 3, 16, 120, 0)
	c.Fill(plat, down(410, 800, hex(0x8a8272), hex(0x555660), hex(0x3a3f4b)), 1)
	for z := 60.0; z > 3.5; z *= .88 {
		c.Fill(k.floor(-1.2, z, 16, z*1.008, 0), hex(0x1b1f28), .5)
	}
	c.Fill(k.floor(-1.15, 3, -.95, 120, .01), hex(0xf2ede0), .9)
	c.Fill(k.floor(-.62, 3, -.5, 120, .01), hex(0xf0c24a), .95)
	// The building with doors, and the canopy on its columns.
	wall := quad{k.at(7.2, 5.2, 4), k.at(7.2, 5.2, 70), k.at(7.2, 0, 70), k.at(7.2, 0, 4)}
	c.Fill(wall.box(0, 0, 1, 1), across(420, 1200, hex(0x8d7a5c), hex(0x5b4a44), hex(0x3a3138)), 1)
	for i := range 9 {
		z := 8 + 6.4*float64(i)
		c.Fill(k.side(7.15, 0, z, 2.9, z+1.7), hex(0x1f4a42), 1)
		c.Fill(k.side(7.12, 1.3, z+.3, 2.6, z+1.4), hex(0xffdf9e), 1)
		c.Fill(k.side(7.15, 1.2, z+2.9, 3, z+4.7), hex(0xf2e5c4), 1)
		c.Fill(k.side(7.12, 1.3, z+3, 2.9, z+4.6), down(300, 500, hex(0xffe7b0), hex(0xf0b45e)), .95)
		c.Fill(k.side(7.1, 1.3, z+3.75, 2.9, z+3.83), hex(0x3a3138), 1)
	}
	c.Fill(k.flat(.6, 5, 3, 7.4, 5.6, 3, 7.4, 5.6, 70, .6, 5, 70), across(420, 1200, hex(0x6b6154), hex(0x2c2d33), hex(0x17191f)), 1)
	for z := 64.0; z > 3.6; z *= .9 {
		c.Fill(k.line(.1, .6, 5, z, 7.4, 5.6, z), hex(0x101317), .8)
	}
	for z := 66.0; z > 3; z -= .5 {
		c.Fill(k.flat(.55, 5.1, z, .55, 5.1, z+.42, .55, 4.45, z+.42, .55, 4.3, z+.21, .55, 4.45, z), hex(0xe9dfc6).mul(.42+.3*smooth(60, 4, z)), 1)
	}
	for _, z := range []float64{58, 46, 36, 27.5, 20, 14, 9.4} {
		col := hex(0x14352f)
		c.Fill(k.line(.2, 1.8, 0, z, 1.8, 5.05, z).and(k.front(1.55, 0, 2.05, .7, z)), col, 1)
		for _, s := range []float64{-1, 1} {
			var b []Pt
			for i := range 9 {
				a := float64(i) / 8 * math.Pi / 2
				b = append(b, k.at(1.8+s*1.3*(1-math.Cos(a)), 3.7+1.35*math.Sin(a), z))
			}
			c.Fill(stroke(70/z, b), col, 1)
		}
		p := k.at(4.2, 4.5, z-1)
		c.Line(hex(0x101317), 1, 30/z, p.X, p.Y-380/z, p.X, p.Y)
		c.Fill(ellipse(p.X, p.Y, 170/z, 110/z), hex(0xfff6dc), 1)
		c.Glow(p.X, p.Y, 1700/z, hex(0xffd78c), .75)
		q := k.at(4.2, 0, z-1)
		c.GlowE(q.X, q.Y+10/z, 1900/z, 420/z, hex(0xffca7c), .5)
	}
	for _, z := range []float64{7.6, 16, 30} {
		c.Fill(k.flat(4.4, .9, z, 6.4, .9, z, 6.4, .5, z, 4.4, .5, z).and(k.floor(4.4, z-.7, 6.4, z, .5), k.front(4.5, 0, 4.62, .5, z-.6), k.front(6.2, 0, 6.3, .5, z-.6)), hex(0x1c2a2c), 1)
	}
	// The clock hangs over the edge of the platform.
	x, y := 316.0, 206.0
	c.Line(hex(0x0e1418), 1, 7, 470, 100, 330, 100, 316, 120, x, y-58)
	c.Fill(circle(x, y, 70), hex(0x0e1a1c), 1)
	c.Fill(circle(x, y, 60), radial(x, y, 60, hex(0xfffaea), hex(0xf6e4b8)), 1)
	for i := range 12 {
		s, co := math.Sincos(float64(i) * math.Pi / 6)
		c.Line(hex(0x14191a), 1, 4, x+co*47, y+s*47, x+co*55, y+s*55)
	}
	c.Line(hex(0x14191a), 1, 6, x, y, x-22, y-22)
	c.Line(hex(0x14191a), 1, 4, x, y, x+8, y-46)
	c.Glow(x, y, 210, hex(0xfff0c8), .45)
	c.Glow(-3.3*640/150+420, 420, 40, hex(0xff5a44), .9)
	c.Fill(circle(407, 420, 3), hex(0xff7a60), 1)
	c.Bloom(.72, 18, .35)
	c.Vignette(.38)
}
