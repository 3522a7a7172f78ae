import { ConfigProvider, theme as antd } from 'antd';
import type { ThemeConfig } from 'antd';
import en from 'antd/locale/en_US';
import zh from 'antd/locale/zh_CN';
import type { ReactNode } from 'react';
import { useLanguage } from '../language';
import { useTheme } from './theme';
import type { Theme } from './theme';
import './tokens.css';

const LOCALE = { zh, en };

/** Ant Design in our colours; the same values as tokens.css. */
const COLOURS: Record<Theme, ThemeConfig['token']> = {
  light: {
    colorPrimary: '#0b66c3',
    colorBgLayout: '#f2f5f8',
    colorBgContainer: '#ffffff',
    colorBgElevated: '#ffffff',
    colorText: '#15202b',
    colorTextSecondary: '#4d5c6b',
    colorBorder: '#ccd5de',
    colorBorderSecondary: '#e2e8ee',
  },
  dark: {
    colorPrimary: '#4aa3ff',
    colorBgLayout: '#0c1117',
    colorBgContainer: '#131a22',
    colorBgElevated: '#18212b',
    colorText: '#e4ebf2',
    colorTextSecondary: '#a5b3c1',
    colorBorder: '#324050',
    colorBorderSecondary: '#222d39',
  },
};

const FONT =
  '"Inter", "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", system-ui, sans-serif';

/** Ant Design's theme and language for everything inside. */
export function Themed({ children }: { children: ReactNode }) {
  const { theme } = useTheme();
  const { language } = useLanguage();
  return (
    <ConfigProvider
      locale={LOCALE[language]}
      theme={{
        algorithm: theme === 'dark' ? antd.darkAlgorithm : antd.defaultAlgorithm,
        token: { ...COLOURS[theme], fontFamily: FONT, borderRadius: 6, fontSize: 14 },
      }}
    >
      {children}
    </ConfigProvider>
  );
}
