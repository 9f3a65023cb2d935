package main

import "math"

func clamp(v, lo, hi float64) float64 { return math.Min(math.Max(v, lo), hi) }

// smooth goes from 0 at a to 1 at b with soft ends.
func smooth(a, b, v float64) float64 {
	t := clamp((v-a)/(b-a), 0, 1)
	return t * t * (3 - 2*t)
}

// hash makes a number from 0 to 1 of a lattice point.
func hash(seed, x, y int) float64 {
	h := uint32(seed)*0x9e3779b1 ^ uint32(x)*0x85ebca6b ^ uint32(y)*0xc2b2ae35
	h ^= h >> 15
	h *= 0x2c1b3c6d
	h ^= h >> 12
	h *= 0x297a2d39
	h ^= h >> 15
	return float64(h) / (1 << 32)
}

// noise is smooth noise from -1 to 1 with a wavelength of one.
func noise(seed int, x, y float64) float64 {
	fx, fy := math.Floor(x), math.Floor(y)
	i, j, u, v := int(fx), int(fy), x-fx, y-fy
	g := func(i, j int, dx, dy float64) float64 {
		s, c := math.Sincos(2 * math.Pi * hash(seed, i, j))
		return c*dx + s*dy
	}
	su, sv := u*u*u*(u*(6*u-15)+10), v*v*v*(v*(6*v-15)+10)
	a := g(i, j, u, v)*(1-su) + g(i+1, j, u-1, v)*su
	b := g(i, j+1, u, v-1)*(1-su) + g(i+1, j+1, u-1, v-1)*su
	return (a*(1-sv) + b*sv) * 1.5
}

// fbm adds octaves of noise, each finer and fainter.
func fbm(seed int, x, y float64, octaves int) float64 {
	var sum, norm float64
	amp := 1.0
	for o := range octaves {
		sum += amp * noise(seed+o*131, x, y)
		norm += amp
		amp /= 2
		x, y = x*2.03+11.7, y*2.03+5.3
	}
	return sum / norm
}
